// Texts of plans of the staff, and of what to do now.
import type { Texts } from "../language";

export const planning = {
  // Plan: first screen
  "question plan": { fr: "« {scenario} » : un effectif suffit-il à atteindre tous les objectifs, et lequel ?", en: "“{scenario}”: is there a staff that keeps all targets, and how many?" },
  "finding plan": {
    fr: "{answer, select, yes {{known, select, yes {{days, number} journées-agent suffisent, au lieu de {today, number}} other {{days, number} journées-agent suffisent}}{n, plural, =1 {, et l’objectif est assuré} other {, et les {n} objectifs sont assurés}}} other {Le meilleur plan trouvé, {days, number} journées-agent, n’assure pas {open, plural, =1 {un objectif} other {# objectifs}} : {names}}}{stopped, select, yes { (recherche interrompue)} other {}}",
    en: "{answer, select, yes {{known, select, yes {{days, number} person-days are enough, instead of {today, number}} other {{days, number} person-days are enough}}{n, plural, =1 {, and the target is assured} other {, and all {n} targets are assured}}} other {The best plan found, {days, number} person-days, does not assure {open, plural, =1 {one target} other {# targets}}: {names}}}{stopped, select, yes { (the search was stopped)} other {}}",
  },
  "finding plan impossible": {
    fr: "{n, plural, =0 {Aucun effectif permis ne peut écouler le travail à temps} one {Même avec tous les agents permis, un objectif n’est pas assuré : {names}} other {Même avec tous les agents permis, # objectifs ne sont pas assurés : {names}}}",
    en: "{n, plural, =0 {No number permitted gets the work done in time} one {Even with every agent permitted one target is not assured: {names}} other {Even with every agent permitted # targets are not assured: {names}}}",
  },
  "finding plan none": {
    fr: "Aucun plan trouvé en {n, plural, one {# tour} other {# tours}}",
    en: "No plan was found in {n, plural, one {# round} other {# rounds}}",
  },
  "least pay": { fr: "Paie du plan", en: "Pay of the plan" },
  "least days": { fr: "Effectif du plan", en: "Staff of the plan" },
  "plan bound": { fr: "aucun plan en dessous de {bound}", en: "no plan below {bound}" },
  "over the run": {
    fr: "paie attendue sur {days, plural, one {# jour} other {# jours}}, mise en route comprise",
    en: "expected over {days, plural, one {# day} other {# days}}, warm-up included",
  },
  "person-days": { fr: "Journées-agent", en: "Person-days" },
  "today is": { fr: "aujourd’hui : {value}", en: "today: {value}" },
  today: { fr: "Aujourd’hui", en: "Today" },
  "the plan": { fr: "Le plan", en: "The plan" },
  "staff plain": { fr: "{n, number} journées-agent, par équipe", en: "{n, number} person-days, by team" },
  "staff same": { fr: "L’effectif de chaque équipe reste le même", en: "Each team’s staff stays the same" },
  "staff finding": { fr: "Ce qui change le plus : {team}, {by} journées-agent", en: "What changes most: {team}, {by} person-days" },
  "reason one fewer": {
    fr: "Avec un agent de moins ({team}, {when}), « {target} » n’est plus assuré : {value}.",
    en: "With one agent fewer ({team}, {when}) “{target}” is no longer assured: {value}.",
  },
  "reason cut": {
    fr: "Ce qui a demandé des agents en dernier : « {target} » ; ce qui aide : {helps}.",
    en: "What asked for agents last: “{target}”; what helps: {helps}.",
  },
  "reason curve of work": {
    fr: "La courbe de charge suffit à le fixer : aucune simulation n’a demandé plus.",
    en: "The curve of work alone decides it: no run asked for more.",
  },
  "advice plan": {
    fr: "{same, select, yes {Garder l’effectif actuel.} other {Essayer cet effectif sur le terrain : {changes}.}}",
    en: "{same, select, yes {Keep today’s staff.} other {Try this staff in practice: {changes}.}}",
  },
  "advice plan open": {
    fr: "Ne pas adopter ce plan tel quel : permettre plus d’agents ou d’autres vacations, ou revoir les objectifs ({names}).",
    en: "Do not adopt this plan as it is: permit more agents or other shifts, or look again at the targets ({names}).",
  },
  "advice no plan": {
    fr: "Permettre plus d’agents ou d’autres vacations, ou revoir les objectifs. Avec l’effectif actuel : {verdict}.",
    en: "Permit more agents or other shifts, or look again at the targets. With today’s staff: {verdict}.",
  },
  "no plan no cost": { fr: "Sans plan, pas de coût à annoncer.", en: "Without a plan there is no cost to tell." },
  "plan costs": { fr: "{cost} de personnel, d’après la paie simulée.", en: "{cost} of staff, by the pay simulated." },
  "plan costs more": {
    fr: "{cost} de personnel, d’après la paie simulée, soit {by} de {more, select, yes {plus} other {moins}} qu’aujourd’hui.",
    en: "{cost} of staff, by the pay simulated, {by} {more, select, yes {more} other {less}} than today.",
  },
  "plan days": {
    fr: "{n, plural, one {# journée-agent} other {# journées-agent}} en {days, plural, one {# jour} other {# jours}}.",
    en: "{n, plural, one {# person-day} other {# person-days}} in {days, plural, one {# day} other {# days}}.",
  },
  "plan proof": {
    fr: "{least, select, yes {Coût minimal démontré.} other {Aucun plan ne peut demander moins de {bound} sur la simulation entière.}}",
    en: "{least, select, yes {No plan takes less: this is proven.} other {No plan can take less than {bound} over the whole run.}}",
  },
  "sure plan": {
    fr: "{plans, plural, one {# plan simulé} other {# plans simulés}}, {n, plural, one {# simulation} other {# simulations}} chacun, à conditions égales ; assuré : l’intervalle à {confidence} entier est du bon côté{stopped, select, yes { ; recherche interrompue avant la fin} other {}}.",
    en: "{plans, plural, one {# plan run} other {# plans run}}, {n, plural, one {# replication} other {# replications}} each, under the same conditions; assured: the whole {confidence} interval is on the right side{stopped, select, yes {; the search was stopped before its end} other {}}.",
  },

  // Plan: section
  "staff plan": { fr: "Plan de l’effectif", en: "Plan of the staff" },
  "status.holds": { fr: "Un plan qui assure tous les objectifs a été trouvé.", en: "A plan that assures every target was found." },
  "status.impossible": { fr: "Aucun effectif permis n’assure les objectifs.", en: "No number permitted assures the targets." },
  "status.not found": {
    fr: "Aucun plan n’a été trouvé dans le nombre de tours permis.",
    en: "No plan was found within the rounds permitted.",
  },
  "status.priced": {
    fr: "Des agents peuvent manquer, à un prix : le plan est le moins cher ainsi, et un objectif n’est pas assuré.",
    en: "Agents may lack at a price: the plan is the cheapest so, and a target is not assured.",
  },
  "status.stopped": { fr: "La recherche a été interrompue : voici le meilleur plan jusque-là.", en: "The search was stopped: this is the best plan so far." },
  "plan caption": { fr: "Le meilleur plan trouvé et ce qu’aucun plan ne peut battre", en: "The best plan found, and what no plan can beat" },
  "best found": { fr: "Meilleur plan trouvé", en: "Best found" },
  "no plan below": { fr: "Aucun plan en dessous de", en: "No plan below" },
  "how far above": { fr: "Écart entre les deux", en: "Gap between the two" },
  "plans run": { fr: "Plans simulés", en: "Plans run" },
  "replications of each": { fr: "Simulations de chacun", en: "Replications of each" },
  proof: { fr: "Preuve", en: "Proof" },
  "proof.proven": { fr: "minimum démontré par le solveur", en: "least, proven by the solver" },
  "proof.bound": { fr: "borne valable si un agent de plus ne nuit jamais", en: "a bound that holds if one more agent never harms" },
  "proof.not concave": {
    fr: "borne valable si un agent de plus ne nuit jamais ; l’effet des agents n’est pas régulier, le minimum reste à démontrer",
    en: "a bound that holds if one more agent never harms; what agents bring is not regular, so that the least is not proven",
  },
  "who on which shift": { fr: "Qui, sur quelle vacation", en: "Who on which shift" },
  "staff caption": { fr: "Effectif du plan par équipe et vacation", en: "Staff of the plan by team and shift" },
  "team and shift": { fr: "Équipe, vacation", en: "Team, shift" },
  "agents at once": { fr: "Agents par vacation", en: "Agents on a duty" },
  "new shift": { fr: "vacation nouvelle", en: "new shift" },
  "staff by day caption": { fr: "Agents par jour, là où leur nombre varie", en: "Agents by day, where their number varies" },
  "staff note": {
    fr: "Les journées-agent sont celles de la simulation entière.{scenario, select, yes { Plus bas, les chiffres de « Le plan » ou de « L’effectif actuel », au choix : la charge et les agents présents par demi-heure entre autres.} other {}}",
    en: "Person-days are those of the whole run.{scenario, select, yes { Below are the figures of “The plan” or of “Today’s staff”, as chosen: work and people by the half hour among them.} other {}}",
  },
  "targets with the plan": { fr: "Les objectifs avec ce plan", en: "Targets with the plan" },
  "plan targets caption": { fr: "Objectifs du plan, sur {n} simulations", en: "Targets of the plan, from {n} replications" },
  assured: { fr: "assuré", en: "assured" },
  "not assured": { fr: "pas assuré", en: "not assured" },
  "with all agents permitted": { fr: "Avec tous les agents permis", en: "With every agent permitted" },
  "who lacks": { fr: "Où des agents manquent", en: "Where agents lack" },
  "lacks caption": { fr: "Agents manquants, créneau par créneau", en: "Agents who lack, slot by slot" },
  "since when": { fr: "À partir de", en: "From" },
  "what was tried": { fr: "Ce qui a été essayé", en: "What was tried" },
  "rounds caption": { fr: "Tour après tour : le plan du solveur, et ce que ses simulations ont demandé de plus", en: "Round by round: the solver’s plan, and what its runs asked for" },
  round: { fr: "Tour", en: "Round" },
  least: { fr: "Plan du solveur", en: "The solver’s plan" },
  bound: { fr: "Borne", en: "Bound" },
  "what runs asked for": { fr: "Ce que les simulations ont demandé", en: "What its runs asked for" },
  cut: { fr: "{target} ({helps})", en: "{target} ({helps})" },
  "no cut": { fr: "rien de plus", en: "nothing more" },
  "neighbours caption": { fr: "Un agent de plus ou de moins", en: "One agent more or fewer" },
  "no longer assured": { fr: "N’est plus assuré", en: "No longer assured" },
  "none breaks": { fr: "aucun objectif perdu", en: "no target lost" },

  // Within the day
  "question within day": {
    fr: "{from} : les objectifs seront-ils atteints d’ici {until} ?",
    en: "{from}: will the targets be met by {until}?",
  },
  "finding within day": {
    fr: "{steps, plural, =0 {{needed, select, yes {Rien de ce qui est permis n’améliore les objectifs de façon démontrée} other {Il n’y a rien à faire}} : {verdict}} other {{steps, plural, one {Une décision à prendre} other {# décisions à prendre}} : « {target} » passe de {before} à {after}. {verdict}}}",
    en: "{steps, plural, =0 {{needed, select, yes {Nothing that may be done is shown to help the targets} other {Nothing has to be done}}: {verdict}} other {{steps, plural, one {One thing to decide} other {# things to decide}}: “{target}” goes from {before} to {after}. {verdict}}}",
  },
  "reason nothing done": { fr: "Si l’on ne fait rien : {reason}", en: "If nothing is done: {reason}" },
  "advice nothing helps": {
    fr: "Aucune des {n} mesures essayées n’aide les objectifs de façon démontrée.",
    en: "None of {n} moves tried is shown to help the targets.",
  },
  "cost within day": { fr: "{change} d’ici {until}.", en: "{change} by {until}." },
  "sure within day": {
    fr: "{n, plural, one {# simulation} other {# simulations}} à conditions égales, intervalles à {confidence} ; {tried} mesures essayées, l’une après l’autre : un bon plan, pas le meilleur démontré. {simulated, select, yes {La situation de départ est simulée, pas relevée.} other {La situation de départ est celle qui a été relevée.}}{stopped, select, yes { Recherche interrompue.} other {}}",
    en: "{n, plural, one {# replication} other {# replications}} under the same conditions, {confidence} intervals; {tried} moves tried one after the other: a good plan, not one proven best. {simulated, select, yes {The situation at the start is simulated, not recorded.} other {The situation at the start is the one stated.}}{stopped, select, yes { The search was stopped.} other {}}",
  },
  "what to do now": { fr: "Que faire, et quand le décider", en: "What to do, and when to decide it" },
  "steps caption": { fr: "Qui fait quoi, dans l’ordre", en: "Who does what, in order" },
  step: { fr: "Étape", en: "Step" },
  "what to do": { fr: "À faire", en: "What to do" },
  "decide by": { fr: "À décider", en: "Decide by" },
  now: { fr: "maintenant", en: "now" },
  "what it brings": { fr: "Ce que cela apporte", en: "What it brings" },
  "steps note": {
    fr: "Chaque étape s’ajoute aux précédentes ; seuls les écarts démontrés sont dits.",
    en: "Each step comes on top of those before it; only differences that are shown are told.",
  },
  "nothing to do": { fr: "Rien n’est à faire : chaque objectif est atteint en l’état.", en: "Nothing needs to be done: every target is met as things stand." },
  "if nothing is done": { fr: "Si l’on ne fait rien", en: "If nothing is done" },
  "with all of it": { fr: "En faisant tout", en: "With all of it" },
  "by departure": { fr: "Départ par départ", en: "Departure by departure" },
  "departures in time caption": { fr: "Objets partis dans les délais avec chaque départ", en: "Items that leave in time with each departure" },
  "departures in time note": {
    fr: "Moins d’objets à un départ : ils manquent, ou sont partis plus tôt.",
    en: "Fewer items with a departure: they are missing, or have left sooner.",
  },
  "measures of the hours": { fr: "Objectifs, délais et coût", en: "Targets, time and cost" },
  "measures of the hours caption": { fr: "De maintenant à {until}", en: "From now to {until}" },
} as const satisfies Texts;
