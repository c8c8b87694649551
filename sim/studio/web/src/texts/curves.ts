// Texts of the day's curves: load against staff, what arrived and left, heat maps, who answers for what is late.
import type { Texts } from "../language";

export const curves = {
  // Load against staff
  "load and staff": { fr: "Charge et présence par demi-heure", en: "Work and people by the half hour" },
  "load finding": {
    fr: "{day} : {worked} travaillées ; il a manqué {lacking} d’agents au moment utile, et {idle} sont restées disponibles, sans courrier.",
    en: "{day}: {worked} worked; {lacking} of agents lacked when they were wanted, and {idle} were spent without mail.",
  },
  "load chart": { fr: "Travail à faire et agents présents, {day} : {skill}", en: "Work to do and people present, {day}: {skill}" },
  "load note": {
    fr: "Travail à faire : agents au travail, et ceux qui auraient pu traiter dans la demi-heure le courrier en attente d’agents, et parti en retard, dans la limite des positions libres (il manque). Présents : en vacation, hors pause. Traits verticaux : heures limites des départs.",
    en: "Work to do: people at work, and those who could have handled within the half hour what waited for staff and was late in the end, as far as positions were free (lacking). Present: on duty and not on a break. Verticals: closings of departures.",
  },
  "work to do": { fr: "Travail à faire", en: "Work to do" },
  present: { fr: "Agents présents", en: "People present" },
  lacking: { fr: "il manque", en: "lacking" },
  elsewhere: { fr: "à un autre poste", en: "at another post" },
  "agents n": { fr: "{n} agents", en: "{n} agents" },
  skill: { fr: "Compétence", en: "Skill" },
  "all skills": { fr: "Toutes les compétences", en: "All skills" },
  hour: { fr: "Heure", en: "Hour" },

  // Cumulative curves
  curves: { fr: "Courrier arrivé, trié, parti", en: "Mail arrived, sorted, left" },
  "curves finding": { fr: "Jusqu’à {most} à trier en même temps ({when}).", en: "Up to {most} to sort at one time ({when})." },
  "curves chart": {
    fr: "Courbes cumulées des arrivées, du tri et des départs : {mail}",
    en: "Cumulative curves of arrival, sorting and leaving: {mail}",
  },
  "curves note": {
    fr: "L’écart entre deux courbes est le stock : à trier, puis à expédier. Trié : en attente du départ, ou parti. Traits verticaux : heures limites des départs de la destination ou du jour dessinés.",
    en: "The gap between two curves is what is there: yet to sort, then yet to leave. Sorted: waits for its departure, or has left. Verticals: closings of departures of the destination or day drawn.",
  },
  "mail of": { fr: "Courrier", en: "Mail" },
  "all mail": { fr: "Tout le courrier", en: "All mail" },
  "whole period": { fr: "Toute la période", en: "The whole period" },
  arrived: { fr: "Arrivé", en: "Arrived" },
  sorted: { fr: "Trié", en: "Sorted" },
  gone: { fr: "Parti", en: "Left" },
  "yet to sort": { fr: "À trier", en: "Yet to sort" },
  "yet to leave": { fr: "À expédier", en: "Yet to leave" },

  // Heat maps
  "heat maps": { fr: "Postes heure par heure, produits jour par jour", en: "Stations by the hour, products by the day" },
  "heat station finding": {
    fr: "Le plus occupé : « {station} » à {hour}, {share} du temps ouvert",
    en: "Busiest: “{station}” at {hour}, {share} of its open time",
  },
  "heat stations": {
    fr: "Part du temps au travail par poste et par heure du jour",
    en: "Share of time at work by station and hour of the day",
  },
  "heat stations note": {
    fr: "Moyenne des jours de la période ; sans les heures de fermeture.",
    en: "Mean of the period’s days, without closed hours.",
  },
  "heat product finding": {
    fr: "Le plus bas : {product}, {day}, {share} dans les délais",
    en: "Lowest: {product}, {day}, {share} on time",
  },
  "heat products note": {
    fr: "Jours de la période seulement. Les couleurs suivent les objectifs de délai du scénario, là où il en fixe : au-dessus du plus exigeant, entre le moins et le plus exigeant, sous tous ; un jour de quelques objets reste blanc.",
    en: "Days of the period only. Colours go by the scenario’s targets on time, where it sets any: above the highest, between the lowest and the highest, below all; a day of a few items is left blank.",
  },
  "heat products": { fr: "Part dans les délais par produit et par jour d’échéance", en: "Share on time by product and day due" },

  // Who answers for what is late
  "responsible title": { fr: "D’où viennent les retards ; le temps payé sans courrier", en: "Who answers for what is late; paid time without mail" },
  "responsible finding": { fr: "D’abord {who} : {share} des objets en retard", en: "First {who}: {share} of late items" },
  "responsible chart": { fr: "Objets en retard par origine", en: "Late items by who answers for them" },
  "responsible caption": { fr: "Sans quoi l’objet aurait été dans les délais", en: "Without what the item would have been on time" },
  responsible: { fr: "Origine", en: "Who answers" },
  "what it means": { fr: "Ce que cela veut dire", en: "What that means" },
  "responsible.timetable": { fr: "un horaire impossible", en: "an impossible timetable" },
  "responsible.inbound": { fr: "une arrivée tardive", en: "late arrival" },
  "responsible.customs": { fr: "la douane", en: "customs" },
  "responsible.room": { fr: "le manque de place au départ", en: "no room aboard" },
  "responsible.sorting": { fr: "le tri du centre", en: "the centre’s sorting" },
  "responsible means.timetable": {
    fr: "Même traité sans attente, aucun départ à temps.",
    en: "Even without a wait no departure left in time.",
  },
  "responsible means.inbound": {
    fr: "Le véhicule est arrivé après son horaire (au moins).",
    en: "Its vehicle came after its time (at least).",
  },
  "responsible means.customs": { fr: "La retenue en douane explique le retard.", en: "It was held by customs for as long." },
  "responsible means.room": { fr: "Prêt à temps, le véhicule était plein.", en: "It was ready, and the vehicle was full." },
  "responsible means.sorting": {
    fr: "Attentes dans le centre : agents, positions, pannes, fermetures.",
    en: "It waited in the centre: staff, positions, breakdowns, closing.",
  },
  "share of": { fr: "{value} ({share})", en: "{value} ({share})" },
  "poor caption": { fr: "Retards, rejets, temps disponible et heures supplémentaires sur la période", en: "What was late or turned away, idle time and overtime in the period" },
  "how much": { fr: "Combien", en: "How much" },
  "poor.late": { fr: "Objets en retard", en: "Late items" },
  "poor.diverted": { fr: "Rejets et non-lus, à retraiter", en: "Rejects and no-reads, handled again" },
  "poor.missed": { fr: "Laissés à quai (véhicule plein)", en: "No room aboard" },
  "poor.idle": { fr: "Temps payé disponible, sans courrier", en: "Paid time without mail" },
  "poor.overtime": { fr: "Heures supplémentaires", en: "Overtime" },
  "poor note": {
    fr: "Temps au coût horaire moyen de chaque équipe. Le scénario ne donne pas de prix à un objet en retard ou retraité : « – ».",
    en: "Time at each team’s mean hourly cost. The scenario sets no price for an item that is late or handled again: “–”.",
  },
} as const satisfies Texts;
