// Texts of the first screen: question, answer, finding, main reason, what is recommended, what it costs, how sure.
import type { Texts } from "../language";

export const headline = {
  // Questions
  "question run": { fr: "« {scenario} » : les objectifs sont-ils atteints ?", en: "“{scenario}”: are the targets met?" },
  "question comparison": { fr: "Faut-il passer de « {base} » à « {alternative} » ?", en: "Should “{alternative}” replace “{base}”?" },
  "question comparisons": {
    fr: "Laquelle des {n} solutions faut-il préférer à « {base} » ?",
    en: "Which of {n} alternatives should replace “{base}”?",
  },
  "question sensitivity": {
    fr: "Quel changement rapprocherait « {scenario} » de ses objectifs ?",
    en: "Would a change help “{scenario}” to meet its targets, and which?",
  },
  "question capacity": {
    fr: "Jusqu’à quel volume « {scenario} » atteint-il ses objectifs ?",
    en: "How much mail can “{scenario}” take and meet its targets?",
  },
  "question roster": { fr: "Du {from} au {to} : le planning tient-il ?", en: "{from} to {to}: does the roster hold?" },
  "question improvement": {
    fr: "Depuis le {since} : les changements apportent-ils le gain annoncé ?",
    en: "Since {since}: do the changes bring what was promised?",
  },

  // Answers
  answer: { fr: "Réponse", en: "Answer" },
  "answer.yes": { fr: "Oui", en: "Yes" },
  "answer.no": { fr: "Non", en: "No" },
  "answer.not yet": { fr: "Pas encore", en: "Not yet" },
  "on this one run": { fr: "sur ce seul tirage", en: "on this one run" },
  "answer.nothing": { fr: "Sans objet", en: "Nothing to judge" },

  // Findings
  "finding targets": {
    fr: "{n, plural, =0 {Aucun objectif n’est à juger} one {{missed, plural, =1 {L’unique objectif n’est pas atteint : {target}, {value} pour {wanted}} other {{doubt, plural, =1 {L’unique objectif reste incertain : {target}, {value} pour {wanted}} other {L’unique objectif est atteint : {target}, {value} pour {wanted}}}}}} other {{missed, plural, =0 {{doubt, plural, =0 {Les {n} objectifs sont atteints{sure, select, yes {} other { dans cette simulation}}} one {1 objectif sur {n} reste incertain, les autres sont atteints : {target}, {value} pour {wanted}} other {# objectifs sur {n} restent incertains, d’abord {target}, {value} pour {wanted}}}} one {1 objectif sur {n} n’est pas atteint : {target}, {value} pour {wanted}} other {# objectifs sur {n} ne sont pas atteints, d’abord {target}, {value} pour {wanted}}}}}",
    en: "{n, plural, =0 {There is no target to judge} one {{missed, plural, =1 {The only target is missed: {target}, {value} for {wanted}} other {{doubt, plural, =1 {The only target is in doubt: {target}, {value} for {wanted}} other {The only target is met: {target}, {value} for {wanted}}}}}} other {{missed, plural, =0 {{doubt, plural, =0 {All {n} targets are met{sure, select, yes {} other { in this run}}} one {1 of {n} targets is in doubt, the others are met: {target}, {value} for {wanted}} other {# of {n} targets are in doubt, first {target}, {value} for {wanted}}}} one {1 of {n} targets is missed: {target}, {value} for {wanted}} other {# of {n} targets are missed, first {target}, {value} for {wanted}}}}}",
  },
  "finding comparison": {
    fr: "{several, select, yes {La meilleure, « {alternative} », } other {« {alternative} » }}{answer, select, yes {{better, plural, =0 {coûte moins sans rien dégrader de façon démontrée} other {améliore {betters} sans rien dégrader de façon démontrée}}} no {{worse, plural, =0 {ne change rien qui compte} other {dégrade {worses}{better, plural, =0 {} other {, tout en améliorant {betters}}}}}} other {n’a pas d’effet démontré sur le service ; le plus probable : {most}}}",
    en: "{several, select, yes {The best of them, “{alternative}”, } other {“{alternative}” }}{answer, select, yes {{better, plural, =0 {costs less and is not shown to harm anything} other {improves {betters} and is not shown to harm anything}}} no {{worse, plural, =0 {changes nothing that counts} other {harms {worses}{better, plural, =0 {} other {, while it improves {betters}}}}}} other {is not shown to change service; likeliest effect: {most}}}",
  },
  "finding two runs": { fr: "Deux simulations isolées ne permettent pas de conclure", en: "Two single runs do not allow a conclusion" },
  "finding sensitivity": {
    fr: "{found, select, yes {Le levier le plus efficace pour « {target} » : {move} ({change})} other {Aucun des {moves} leviers testés n’améliore « {target} » de façon démontrée}}",
    en: "{found, select, yes {What helps “{target}” most: {move} ({change})} other {None of {moves} moves tried is shown to help “{target}”}}",
  },
  "finding nothing to help": {
    fr: "Tous les objectifs sont atteints : il n’y a rien à rattraper",
    en: "All targets are met: nothing has to be made up for",
  },
  "finding capacity range": {
    fr: "{within, select, yes {Estimation : en dessous de {from} du volume actuel « {easier} » n’est pas atteint, au-delà de {carries} « {target} » ne l’est plus} other {Estimation : à aucun volume tous les objectifs ne sont atteints à la fois, « {easier} » seulement à partir de {from}, « {target} » seulement jusqu’à {carries}}}",
    en: "{within, select, yes {Estimate: below {from} of today’s volume “{easier}” is not met, beyond {carries} “{target}” no longer is} other {Estimate: at no volume are all targets met at once, “{easier}” only from {from}, “{target}” only up to {carries}}}",
  },
  "range of volume": { fr: "{low} à {high}", en: "{low} to {high}" },
  "no volume": { fr: "Aucun", en: "None" },
  "finding capacity": {
    fr: "Estimation : jusqu’à {carries} du volume actuel ; au-delà, « {target} » n’est plus atteint",
    en: "Estimate: up to {carries} of today’s volume; beyond it “{target}” is no longer met",
  },
  "finding never holds": {
    fr: "{n, plural, one {Un objectif n’est atteint à aucun volume testé} other {# objectifs ne sont atteints à aucun volume testé}} : {names}",
    en: "{n, plural, one {One target is met at no volume tried} other {# targets are met at no volume tried}}: {names}",
  },
  "finding none breaks": {
    fr: "Aucun objectif n’est perdu jusqu’à quatre fois le volume actuel",
    en: "No target is lost up to four times today’s volume",
  },
  "finding roster broken": {
    fr: "{n, plural, one {Une règle impérative est enfreinte} other {# règles impératives sont enfreintes}}",
    en: "{n, plural, one {One rule that must hold is broken} other {# rules that must hold are broken}}",
  },
  "finding roster kept": {
    fr: "Toutes les règles impératives sont respectées. Simulé avec ce planning : {verdict}",
    en: "Every rule that must hold is kept. Simulated with this roster: {verdict}",
  },
  "finding day": {
    fr: "Le jour à expliquer : {day}, {indicator} à {value}, contre {usual} d’habitude{n, plural, one {} other { (un signal défavorable sur #)}}",
    en: "The day to talk about: {day}, {indicator} at {value}, usually {usual}{n, plural, one {} other { (one of # bad signals)}}",
  },
  "finding short": { fr: "Gain inférieur à l’annonce : {names}", en: "Less than promised: {names}" },
  "finding as expected": {
    fr: "Tout se passe comme prévu{open, plural, =0 {} one { ; un effet est encore trop récent pour conclure} other { ; # effets sont encore trop récents pour conclure}}",
    en: "All is as expected{open, plural, =0 {} one {; it is too soon to tell one effect} other {; it is too soon to tell # effects}}",
  },

  // Figures and charts
  "wanted is": { fr: "Objectif : {value}", en: "Target: {value}" },
  "interval is": { fr: "intervalle de confiance : {interval}", en: "confidence interval: {interval}" },
  "instead of": { fr: "au lieu de {before} : {change}{interval}", en: "instead of {before}: {change}{interval}" },
  "expected is": { fr: "Attendu : {value}", en: "Expected: {value}" },
  "phase is": {
    fr: "« {phase} », {days, plural, one {# jour} other {# jours}}",
    en: "“{phase}”, {days, plural, one {# day} other {# days}}",
  },
  "of today's volume": { fr: "du volume actuel", en: "of today’s volume" },
  "today's volume": { fr: "volume actuel", en: "today’s volume" },
  "days from to": { fr: "Du pire au meilleur jour", en: "Worst day to best" },
  "marks days": { fr: "« {target} » va de {least} à {most} selon les jours", en: "“{target}” goes from {least} to {most} by the day" },
  "axis from": { fr: "l’axe commence à {from}", en: "the axis begins at {from}" },
  "marks plain": { fr: "Objectifs et résultats : plus à droite, c’est mieux", en: "Targets and results: further right is better" },
  "marks of two": {
    fr: "{n, plural, =0 {Aucun des {all} objectifs ne change de côté} one {Un objectif change de côté : {names}} other {# objectifs changent de côté : {names}}}",
    en: "{n, plural, =0 {None of {all} targets changes sides} one {One target changes sides: {names}} other {# targets change sides: {names}}}",
  },
  "moves finding": { fr: "« {target} » : {most} au mieux, parmi {n} leviers", en: "“{target}”: {most} at best, of {n} moves" },
  "volumes finding": {
    fr: "{n, plural, =0 {{doubt, plural, =0 {Tous les objectifs sont atteints au volume actuel} one {Un objectif est peut-être perdu dès le volume actuel} other {# objectifs sont peut-être perdus dès le volume actuel}}} one {Un objectif est perdu dès le volume actuel{doubt, plural, =0 {} one {, un autre peut-être} other {, # autres peut-être}}} other {# objectifs sont perdus dès le volume actuel{doubt, plural, =0 {} one {, un autre peut-être} other {, # autres peut-être}}}}",
    en: "{n, plural, =0 {{doubt, plural, =0 {All targets are met at today’s volume} one {One target may be lost at today’s volume} other {# targets may be lost at today’s volume}}} one {One target is lost at today’s volume{doubt, plural, =0 {} one {, perhaps one more} other {, perhaps # more}}} other {# targets are lost at today’s volume{doubt, plural, =0 {} one {, perhaps one more} other {, perhaps # more}}}}",
  },
  "control finding": {
    fr: "{indicator} : {n, plural, =0 {aucun jour inhabituel} one {un jour inhabituel} other {# jours inhabituels}}",
    en: "{indicator}: {n, plural, =0 {no day out of the usual} one {one day out of the usual} other {# days out of the usual}}",
  },
  "promises kept": { fr: "Gains annoncés obtenus", en: "Promises kept" },
  "duties finding": { fr: "De {least} à {most} agents par jour", en: "{least} to {most} agents a day" },
  "targets met": { fr: "Objectifs atteints", en: "Targets met" },
  "wanted none": { fr: "Objectif : aucune", en: "Wanted: none" },
  "wanted all": { fr: "Objectif : tous", en: "Wanted: all" },
  "hard rules broken": { fr: "Règles impératives enfreintes", en: "Rules that must hold, broken" },
  "soft rules too": {
    fr: "{n, plural, one {# règle souple enfreinte} other {# règles souples enfreintes}} ({points})",
    en: "{n, plural, one {# soft rule} other {# soft rules}} broken ({points})",
  },
  "simulated with it": { fr: "simulés avec ce planning", en: "simulated with this roster" },
  "roster least": { fr: "au moins {bound}, quel que soit le planning", en: "no roster below {bound}" },
  "roster least with points": {
    fr: "au moins {bound} avec les points des règles souples, quel que soit le planning",
    en: "no roster below {bound}, points of soft rules included",
  },
  "points n": { fr: "{n, plural, one {{text} point} other {{text} points}}", en: "{n, plural, one {{text} point} other {{text} points}}" },
  "roster for": { fr: "pour {days, plural, one {# jour} other {# jours}}", en: "for {days, plural, one {# day} other {# days}}" },
  "ranking caption": { fr: "Les solutions, la meilleure en tête", en: "The alternatives, the best first" },
  alternative: { fr: "Solution", en: "Alternative" },
  "items rescued": { fr: "Objets de plus dans les délais, sur la période", en: "Items more in time, in the period" },
  "cost more a year": { fr: "Coût de plus par an, {currency}", en: "Cost more a year, {currency}" },
  "cost per item rescued": { fr: "Coût par objet de plus dans les délais", en: "Cost per item rescued" },

  // Main reason
  "main reason": { fr: "Raison principale", en: "Main reason" },
  "verdict none late": { fr: "Aucun objet n’est en retard.", en: "No item is late." },
  "verdict nothing due": { fr: "Aucun objet n’avait d’échéance.", en: "No item had a time to be kept." },
  "reason late": {
    fr: "{cause} à « {station} » : {share} du temps passé au centre par {late, plural, one {l’objet en retard} other {les {lateText} objets en retard}}.",
    en: "{cause} at “{station}”: {share} of the time in the centre of the {late, plural, one {one late item} other {{lateText} late items}}.",
  },
  "of one replication": { fr: "{sentence} (Simulation {n}, médiane.)", en: "{sentence} (Replication {n}, the median.)" },
  "reason of target": {
    fr: "« {target} » : {cause} à « {station} », {share} du temps passé au centre par ses objets en retard.",
    en: "“{target}”: {cause} at “{station}”, {share} of the time in the centre of its late items.",
  },
  "reason change": {
    fr: "{cause} à « {station} » : de {before} à {after} cumulées en moyenne.",
    en: "{cause} at “{station}”: from {before} to {after} in all, on average.",
  },
  "reason no change": {
    fr: "Aucune attente ne change de plus que le hasard d’un tirage à l’autre.",
    en: "No wait changes by more than it does from one replication to another.",
  },
  "reason what changes": { fr: "Ce qui change : {changes}. {why}", en: "What changes: {changes}. {why}" },
  "reason binds": { fr: "Ce qui limite « {target} » en premier : {binds}.", en: "What limits “{target}” first: {binds}." },
  "reason rules": {
    fr: "{n, plural, one {La règle} other {D’abord}} : {words}.",
    en: "{n, plural, one {The rule} other {First}}: {words}.",
  },
  "reason soft": {
    fr: "{n, plural, one {Une règle souple est enfreinte} other {# règles souples sont enfreintes, d’abord}} : {words}.",
    en: "{n, plural, one {One soft rule is broken} other {# soft rules are broken, first}}: {words}.",
  },
  "reason no rule": { fr: "Aucune règle, impérative ou souple, n’est enfreinte.", en: "No rule is broken, neither hard nor soft." },

  // What is recommended
  recommended: { fr: "À faire", en: "Recommended" },
  "advice keep": { fr: "Ne rien changer pour ces objectifs.", en: "Change nothing for these targets." },
  "advice spare": {
    fr: "Ne rien changer pour ces objectifs. À examiner : l’équipe « {team} » est disponible sans courrier {share} de son temps payé.",
    en: "Change nothing for these targets. To look at: team “{team}” is without mail for {share} of its paid time.",
  },
  "advice.waiting_for_staff": {
    fr: "Tester d’abord un agent de plus à « {station} »{team}, ou le même agent plus tôt.",
    en: "Try one more agent at “{station}”{team} first, or the same agent earlier.",
  },
  "advice.waiting_for_machine": {
    fr: "Tester d’abord une position de plus, ou une cadence plus élevée, à « {station} ».",
    en: "Try one more position, or a higher pace, at “{station}” first.",
  },
  "advice.set_up": {
    fr: "Réduire le nombre ou la durée des réglages à « {station} ».",
    en: "Have fewer or shorter set-ups at “{station}”.",
  },
  "advice.breakdown": {
    fr: "Fiabiliser « {station} » : entretien, ou secours pendant les pannes.",
    en: "Make “{station}” more reliable: upkeep, or a stand-in during breakdowns.",
  },
  "advice.closed": { fr: "Ouvrir « {station} » plus tôt ou plus longtemps.", en: "Open “{station}” earlier or longer." },
  "advice.blocked": { fr: "Faire de la place en aval de « {station} ».", en: "Make room after “{station}”." },
  "advice.filling": { fr: "Fermer plus tôt les bacs et sacs à « {station} ».", en: "Close trays and bags at “{station}” earlier." },
  "advice.full_vehicle": { fr: "Ajouter de la place au départ depuis « {station} ».", en: "Add room to what leaves from “{station}”." },
  "advice.customs_hold": {
    fr: "Remettre plus tôt à la douane, ou dédouaner le week-end : « {station} ».",
    en: "Hand over to customs earlier, or clear at weekends: “{station}”.",
  },
  "advice.moving": { fr: "Raccourcir le trajet « {station} ».", en: "Shorten the way “{station}”." },
  "advice.waiting_for_departure": {
    fr: "Tester d’abord un départ plus tardif, ou un de plus, depuis « {station} ».",
    en: "Try a later departure, or one more, from “{station}” first.",
  },
  "advice.processing": { fr: "Tester d’abord une cadence plus élevée à « {station} ».", en: "Try a higher pace at “{station}” first." },
  "advice comparison": {
    fr: "{answer, select, yes {Passer à « {alternative} » : {met} objectifs atteints sur {targets}, au lieu de {baseMet}.} no {Garder « {base} » ({baseMet} objectifs atteints sur {targets}, {met} avec « {alternative} »).} other {Ne pas décider encore{n, plural, =0 {} other { : environ # simulations par solution trancheraient pour « {measure} »}}.}}",
    en: "{answer, select, yes {Go over to “{alternative}”: {met} of {targets} targets met, instead of {baseMet}.} no {Keep “{base}” ({baseMet} of {targets} targets met, {met} with “{alternative}”).} other {Do not decide yet{n, plural, =0 {} other {: about # replications of each would tell for “{measure}”}}.}}",
  },
  "advice replicate": {
    fr: "Comparer à conditions égales, avec 30 simulations de chaque solution.",
    en: "Compare them under the same conditions, 30 replications of each.",
  },
  "advice move": {
    fr: "{move} : {change} pour « {target} », à {value} aujourd’hui ({wanted} demandés).",
    en: "{move}: {change} for “{target}”, at {value} today ({wanted} wanted).",
  },
  "advice save": {
    fr: "Économie possible sans perdre d’objectif : {move}{n, plural, one {} other { (une sur #)}}.",
    en: "A saving that keeps every target: {move}{n, plural, one {} other { (one of #)}}.",
  },
  "advice save unproven": {
    fr: "Économie à confirmer par plus de simulations, un objectif pouvant s’y perdre : {move}{n, plural, one {} other { (une sur #)}}.",
    en: "A saving to be confirmed by more replications, for a target may be lost by it: {move}{n, plural, one {} other { (one of #)}}.",
  },
  "advice binds": { fr: "Avant toute hausse du volume, renforcer : {binds}.", en: "Before any growth of volume, reinforce: {binds}." },
  "advice roster mend": {
    fr: "Corriger le planning ou les règles avant de le publier.",
    en: "Mend the roster or the rules before it is published.",
  },
  "advice roster take": {
    fr: "Publier ce planning : {people, plural, one {# personne} other {# personnes}} sur {days, plural, one {# jour} other {# jours}}{temporaries, plural, =0 {} one {, dont # vacation en intérim} other {, dont # vacations en intérim}}.",
    en: "Publish this roster: {people, plural, one {# person} other {# people}} over {days, plural, one {# day} other {# days}}{temporaries, plural, =0 {} one {, with # duty by temporaries} other {, with # duties by temporaries}}.",
  },
  "advice day": {
    fr: "Rechercher ce qui s’est passé le {day} avant de toucher à l’organisation.",
    en: "Find out what happened on {day} before anything is changed.",
  },
  "advice short": {
    fr: "Revoir la mise en place du changement, ou l’annonce.",
    en: "Look again at how the change was rolled out, or at the promise.",
  },
  "advice go on": { fr: "Continuer ainsi.", en: "Go on as now." },

  // What it costs
  "what it costs": { fr: "Coût", en: "Cost" },
  "a year": { fr: "{cost} par an", en: "{cost} a year" },
  "a day": { fr: "{cost} par jour", en: "{cost} a day" },
  "agent costs": {
    fr: "Environ {cost} pour un agent, d’après la paie simulée ; l’effet reste à simuler.",
    en: "About {cost} for one agent, by the pay simulated; what it brings is yet to be simulated.",
  },
  "spare costs": {
    fr: "Rien ; ce temps disponible représente environ {cost}.",
    en: "Nothing; that time without mail is paid about {cost}.",
  },
  "costs nothing": { fr: "Rien.", en: "Nothing." },
  "price unknown": { fr: "Son prix n’est pas dans le modèle.", en: "The model does not know its price." },
  "cost unknown": { fr: "Inconnu à ce stade.", en: "Not known yet." },
  "cost the same": { fr: "Le même coût.", en: "It costs the same." },
  "cost of change": {
    fr: "{more, select, yes {{cost} de plus} other {{cost} de moins}} {year, select, yes {par an} other {par jour}}{shown, select, yes {} other {, écart non démontré}}{each}.",
    en: "{more, select, yes {{cost} more} other {{cost} less}} {year, select, yes {a year} other {a day}}{shown, select, yes {} other {, a difference that is not shown}}{each}.",
  },
  "cost per rescued": { fr: ", soit {cost} par objet de plus dans les délais", en: ", that is {cost} for each item more in time" },
  "roster costs": { fr: "{cost} à ce rythme.", en: "{cost} at this rate." },
  "roster days": {
    fr: "{cost} en {days, plural, one {# jour} other {# jours}}.",
    en: "{cost} in {days, plural, one {# day} other {# days}}.",
  },
  "roster proof": {
    fr: "{least, select, yes {Coût minimal démontré.} other {Aucun planning ne peut coûter moins de {bound}{points, select, yes {, points des règles souples compris (celui-ci : {whole})} other {}}.}}",
    en: "{least, select, yes {No roster costs less: this is proven.} other {No roster can cost less than {bound}{points, select, yes {, points of soft rules and all (this one: {whole})} other {}}.}}",
  },

  // How sure
  "how sure": { fr: "Fiabilité", en: "How sure" },
  "sure one run": {
    fr: "Un seul tirage, {lasts} : à confirmer par 30 simulations.",
    en: "One run only, {lasts}: to be confirmed by 30 replications.",
  },
  "sure replications": {
    fr: "Moyennes et intervalles à {confidence} de {n, plural, one {# simulation} other {# simulations}}. Ce qui vient d’une seule est de la simulation {detail}, médiane pour « {measure} ».",
    en: "Means and {confidence} intervals of {n, plural, one {# replication} other {# replications}}. What shows a single run is of replication {detail}, the median by “{measure}”.",
  },
  "sure comparison": {
    fr: "{n, plural, one {# simulation} other {# simulations}} de chaque solution, à conditions égales ; les conclusions valent ensemble à {confidence} ; {unclear, plural, =0 {rien ne reste indécis} one {# indicateur de service sur {all} reste indécis} other {# indicateurs de service sur {all} restent indécis}}.",
    en: "{n, plural, one {# replication} other {# replications}} of each, under the same conditions; the verdicts hold together at {confidence}; {unclear, plural, =0 {nothing remains undecided} one {# of {all} measures of service remains undecided} other {# of {all} measures of service remain undecided}}.",
  },
  "sure moves": {
    fr: "{n, plural, one {# simulation} other {# simulations}} par levier, à conditions égales, intervalles à {confidence}.",
    en: "{n, plural, one {# replication} other {# replications}} of each move, under the same conditions, {confidence} intervals.",
  },
  "sure capacity": {
    fr: "Jusqu’à {n, plural, one {# simulation} other {# simulations}} par volume, intervalles à {confidence}.",
    en: "Up to {n, plural, one {# replication} other {# replications}} at each volume, {confidence} intervals.",
  },
  "verdict two runs": {
    fr: "« {alternative} » et « {base} » ont été simulés une fois chacun : les écarts ci-dessous ne prouvent rien à eux seuls.",
    en: "“{alternative}” and “{base}” were each run once: the differences below prove nothing by themselves.",
  },
  "advice promising": {
    fr: "Ne rien décider encore ; le plus prometteur, à confirmer par plus de simulations : {move} ({change}).",
    en: "Decide nothing yet; most promising, to be confirmed by more replications: {move} ({change}).",
  },
  "advice roster not": { fr: "Ne pas publier ce planning tel quel. {advice}", en: "Do not publish this roster as it is. {advice}" },
  "as expected": { fr: "comme prévu", en: "as expected" },
  "not as expected": { fr: "autre que prévu", en: "not as expected" },
} as const satisfies Texts;
