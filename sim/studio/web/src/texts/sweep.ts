// Texts of sweeps: which of the values tried should be taken?
import type { Texts } from "../language";

export const sweeps = {
  "question sweep": { fr: "{key} : quelle valeur choisir ?", en: "{key}: which value should be taken?" },
  "question sweep of several": {
    fr: "« {scenario} » : quelles valeurs choisir pour les {n} réglages essayés ?",
    en: "“{scenario}”: which values should be taken of the {n} that were varied?",
  },
  "finding sweep": {
    fr: "{answer, select, yes {{point} : {targets, plural, =1 {l’objectif est atteint} other {les {targets} objectifs sont atteints}}, au moindre coût des {n} valeurs essayées} open {{point} : aucun objectif n’est manqué à coup sûr, mais {met} sur {targets} seulement sont sûrs} no {Aucune des {n} valeurs n’atteint tous les objectifs ; au mieux {met} sur {targets}, avec {point}} other {Le scénario ne fixe aucun objectif : {n} valeurs côte à côte}}",
    en: "{answer, select, yes {{point}: {targets, plural, =1 {the target is met} other {all {targets} targets are met}}, at the least cost of {n} values tried} open {{point}: no target is missed for certain, but only {met} of {targets} are sure} no {None of {n} values meets every target; at best {met} of {targets}, with {point}} other {The scenario sets no target: {n} values side by side}}",
  },
  "curve flat": { fr: "{measure} : {value} partout", en: "{measure}: {value} everywhere" },
  "curve finding": {
    fr: "{measure} : de {least} à {most}{reached, select, no {} some {} other { (objectif : {wanted})}}",
    en: "{measure}: {least} to {most}{reached, select, no {} some {} other { (target: {wanted})}}",
  },
  "reason sweep": {
    fr: "{missed, plural, =0 {Aucun objectif n’est manqué à coup sûr, à aucune valeur.} other {Le plus souvent manqué : « {target} », à {missed, plural, one {# valeur} other {# valeurs}} sur {n}.}}",
    en: "{missed, plural, =0 {No target is missed for certain at any value.} other {Missed most often: “{target}”, at {missed} of {n, plural, one {# value} other {# values}}.}}",
  },
  "advice sweep": {
    fr: "{answer, select, yes {Choisir {point}.} open {Rejouer {point} avec plus de simulations avant de choisir.} no {Ne rien choisir parmi ces valeurs : en essayer d’autres, ou un autre levier (mailflow sensitivity).} other {Fixer des objectifs avant de choisir.}}",
    en: "{answer, select, yes {Take {point}.} open {Run {point} with more replications before it is taken.} no {Take none of these values: try others, or another move (mailflow sensitivity).} other {Set targets before anything is chosen.}}",
  },
  "cost sweep": {
    fr: "{cost} de personnel et de transport{dearer, select, yes {, soit {more} de plus qu’avec la valeur la moins chère ({cheapest})} other {, la valeur la moins chère}}.",
    en: "{cost} of staff and transport{dearer, select, yes {, that is {more} more than with the cheapest value ({cheapest})} other {, the cheapest value}}.",
  },
  "sure sweep": {
    fr: "{n, plural, one {# simulation} other {# simulations}} à chacune des {points} valeurs, à conditions égales ; intervalles à {confidence}, chacun pour soi : la meilleure de plusieurs valeurs paraît toujours un peu meilleure qu’elle n’est.",
    en: "{n, plural, one {# replication} other {# replications}} at each of {points} values, under the same conditions; {confidence} intervals, each by itself: the best of many values always looks a little better than it is.",
  },
  "leaf of": { fr: "{leaf} de « {of} »", en: "{leaf} of “{of}”" },
  "counted.agents": { fr: "{n, plural, one {# agent} other {# agents}} à « {of} »", en: "{n, plural, one {# agent} other {# agents}} at “{of}”" },
  "counted.positions": { fr: "{n, plural, one {# position} other {# positions}} à « {of} »", en: "{n, plural, one {# position} other {# positions}} at “{of}”" },
  "counted.machines": { fr: "{n, plural, one {# machine} other {# machines}} à « {of} »", en: "{n, plural, one {# machine} other {# machines}} at “{of}”" },
  "leaf.agents": { fr: "agents", en: "agents" },
  "leaf.rate": { fr: "cadence", en: "rate" },
  "leaf.positions": { fr: "positions", en: "positions" },
  "leaf.machines": { fr: "machines", en: "machines" },
  "leaf.volume": { fr: "volume", en: "volume" },
  "leaf.hours": { fr: "horaires", en: "hours" },
  "leaf.at": { fr: "heure", en: "time" },
  "leaf.items": { fr: "objets", en: "items" },
  "leaf.vehicles": { fr: "véhicules", en: "vehicles" },
  "leaf.capacity": { fr: "capacité", en: "capacity" },
  "curves of a sweep": { fr: "Chaque indicateur selon la valeur", en: "Each measure over the values" },
  "curves of a sweep note": {
    fr: "Moyenne de {n} simulations, avec son intervalle de confiance (trait vertical) ; tirets : l’objectif.",
    en: "Mean of {n} replications, with its confidence interval (upright line); dashes: the target.",
  },
  "points of a sweep": { fr: "Valeurs essayées", en: "Values tried" },
  "points caption": { fr: "Indicateurs à chaque valeur, la meilleure en tête", en: "Measures at each value, the best first" },
  "best points only": { fr: "Les {n} meilleures valeurs sur {all}.", en: "The best {n} of {all} values." },
  varied: { fr: "Clé variée", en: "Key varied" },
} as const satisfies Texts;
