// Texts of what is said first, and of targets.
import type { Texts } from "../language";

export const verdict = {
  // Verdict
  "measure with change": { fr: "{measure} ({change})", en: "{measure} ({change})" },
  "stood still": {
    fr: "« {scenario} » : dans {k} simulations sur {n}, des postes s’arrêtent sans fin.",
    en: "“{scenario}”: in {k} of {n} replications stations stand still for ever.",
  },
  "stands still": {
    fr: "À l’arrêt sans fin depuis le {since} : {n, plural, =1 {« {stations} » attend de la place dans sa propre file, pleine} other {{stations} attendent de la place dans les files pleines les uns des autres}} ; les chiffres ci-dessous en portent la marque.",
    en: "At a standstill for ever since {since}: {n, plural, =1 {“{stations}” waits for room in its own full queue} other {{stations} wait for room in each other’s full queues}}; the figures below bear its mark.",
  },
  "in brackets": { fr: " ({text})", en: " ({text})" },
  "here before": { fr: "Déjà là au début", en: "Here at the start" },
  "items in": { fr: "Objets arrivés", en: "Items in" },
  "items out": { fr: "Objets partis", en: "Items out" },
  "left here": { fr: "Encore au centre", en: "Items still here" },
  "on time": { fr: "Dans les délais", en: "On time" },
  "on time rule short": {
    fr: "partis pendant la période, ou encore là après l’échéance",
    en: "that left in the period, or are still here past due",
  },
  "on time rule": {
    fr: "Dans les délais : comptent les objets partis pendant la période, même si leur échéance était avant elle, et ceux encore là à échéance passée ; parmi ceux à échoir après la période, seuls comptent les partis en avance.",
    en: "On time: what left in the period counts, be it due before it, and what is still here past due; of what is due after the period only what left early counts.",
  },
  "few items note": {
    fr: "Un jour de quelques objets seulement (moins de 5, ou de 5 % du jour médian) n’est pas dessiné.",
    en: "A day of a few items only (fewer than 5, or than 5 % of the median day) is not drawn.",
  },
  "of items": { fr: "{n, plural, one {# objet} other {{text} objets}}", en: "{n, plural, one {# item} other {{text} items}}" },
  "share of count": { fr: "{share} ({n, plural, one {# objet} other {{text} objets}})", en: "{share} ({n, plural, one {# item} other {{text} items}})" },
  "half within": { fr: "Délai médian", en: "Half leave within" },
  "95 % within": { fr: "95 % en moins de", en: "95 % leave within" },

  // Targets
  "target": { fr: "Objectif", en: "Target" },
  "judgement": { fr: "Résultat", en: "Result" },
  "met": { fr: "atteint", en: "met" },
  "missed": { fr: "non atteint", en: "missed" },
  "in doubt": { fr: "incertain", en: "in doubt" },
  "nothing to judge": { fr: "rien à juger", en: "nothing to judge" },
  "found": { fr: "Simulé", en: "Found" },
  "mean of replications": { fr: "Moyenne simulée", en: "Mean" },
  "interval of confidence": { fr: "Intervalle de confiance", en: "Confidence interval" },
  "wanted": { fr: "Objectif (cible)", en: "Wanted" },
  "days met": { fr: "Jours conformes", en: "Days met" },
  "of days": { fr: "{met} sur {judged}", en: "{met} of {judged}" },
  "no targets": { fr: "Le scénario ne fixe aucun objectif.", en: "The scenario sets no target." },
  "targets caption": { fr: "Objectifs atteints et non atteints", en: "Targets met and missed" },
  "targets chart": { fr: "Objectifs de qualité de service : du pire au meilleur jour, moyenne, intervalle et cible", en: "Targets that are shares: worst day to best, mean, interval and what is wanted" },
  "judged with confidence": { fr: "Atteint ou non atteint : l’intervalle de confiance entier est du bon ou du mauvais côté ; incertain : il contient la cible.", en: "Met or missed: the whole confidence interval is on one side; in doubt: it holds the value wanted." },
  "judged by one run": { fr: "Jugé sur une seule simulation, sans intervalle.", en: "Judged by one run, without an interval." },
} as const satisfies Texts;
