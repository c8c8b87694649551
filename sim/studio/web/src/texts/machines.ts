// Texts of machines, departures and costs.
import type { Texts } from "../language";

export const machines = {
  // Machines
  "states chart": { fr: "Emploi des heures des positions et machines", en: "How positions and machines spent their hours" },
  "at least note": { fr: "≥ : au moins, car ce qui n’est pas fini à la fin compte avec son temps jusque-là.", en: "≥: at least, for what has not ended at the end counts with its time so far." },
  "oee caption": { fr: "Taux de rendement synthétique (TRS) et global (TRG)", en: "Overall equipment effectiveness (OEE) and operations effectiveness (OOE)" },
  "oee": { fr: "TRS", en: "OEE" },
  "ooe": { fr: "TRG", en: "OOE" },
  "load rate": { fr: "Taux de charge", en: "Load" },
  "availability": { fr: "Disponibilité", en: "Availability" },
  "performance": { fr: "Performance", en: "Performance" },
  "quality": { fr: "Qualité", en: "Quality" },
  "opening hours": { fr: "Ouverture", en: "Open hours" },
  "required hours": { fr: "Temps requis", en: "Required hours" },
  "hours without mail": { fr: "Sans courrier", en: "Without mail" },
  "oee note": { fr: "NF E60-182. TRS = disponibilité × performance × qualité, sur le temps requis : ouvert, équipe en poste là où il en faut, courrier à traiter. Disponibilité : part du temps requis au travail ; pannes, réglages, manque d’agents et blocages la réduisent. Performance : cadence au travail rapportée à la cadence nominale. Qualité : objets sans rejet ni non-lu. Charge = temps requis ÷ temps d’ouverture. TRG (taux de rendement global) = TRS × charge, sur tout le temps d’ouverture : les heures sans courrier (sous-charge) ou sans équipe le réduisent aussi.", en: "NF E60-182. OEE = availability × performance × quality, of the required time: open, with a crew on duty where one is needed, with mail to handle. Availability: the part of the required time at work; breakdowns, set-ups, lack of staff and being blocked take from it. Performance: pace at work against the nominal pace. Quality: items neither rejected nor unread. Load = required time ÷ opening time. OOE (overall operations effectiveness) = OEE × load, of all opening time: hours without mail or without a crew take from it too." },
  "machine pace caption": { fr: "Machines : cadence", en: "Machines: pace" },
  "agent pace caption": { fr: "Positions manuelles : objets par heure d’agent", en: "Manual positions: items per agent-hour" },
  "items per agent-hour": { fr: "Par heure d’agent", en: "Per agent-hour" },
  "nominal rate": { fr: "Cadence nominale", en: "Nominal rate" },
  "of nominal": { fr: "Part de la cadence nominale", en: "Part of the nominal rate" },
  "agent pace note": {
    fr: "Objets passés par heure d’agent à la position, attente de courrier comprise ; la cadence nominale est celle d’un agent à 100 %.",
    en: "Items through per hour of an agent at the position, waiting for mail included; the nominal rate is that of one agent of 100 %.",
  },
  "mean pace": { fr: "Cadence par heure d’ouverture", en: "Pace per hour open" },
  "peak pace": { fr: "Pointe", en: "Peak" },
  "peak at": { fr: "{pace} ({when})", en: "{pace} ({when})" },

  // Departures
  "departures caption": { fr: "Départs : remplissage, capacité, laissés à quai", en: "Departures: load, capacity and what was missed" },
  "departures chart": { fr: "Remplissage de chaque départ", en: "Load of each trip against its capacity" },
  "trips": { fr: "Rotations", en: "Trips" },
  "weight": { fr: "Poids", en: "Weight" },
  "load": { fr: "Remplissage", en: "Load" },
  "mean load": { fr: "Remplissage moyen", en: "Mean load" },
  "fullest": { fr: "Remplissage max.", en: "Fullest" },
  "no room": { fr: "Laissés à quai (véhicule plein)", en: "No room" },
  "no room note": { fr: "Laissés à quai : prêts à temps, mais le véhicule était plein.", en: "No room: ready in time, but the vehicle was full." },
  "capacity": { fr: "Capacité", en: "Capacity" },
  "load of": { fr: "Remplissage : {departure}", en: "Load: {departure}" },
  "cost in": { fr: "Coût, {currency}", en: "Cost, {currency}" },

  // Costs
  "staff": { fr: "Personnel", en: "Staff" },
  "transport": { fr: "Transport", en: "Transport" },
  "per item": { fr: "par objet parti", en: "for each item out" },
  "costs chart": { fr: "Coûts par équipe et par départ", en: "Costs by team and departure" },
  "costs caption": { fr: "Coûts de la période", en: "Costs of the period" },
  "item of cost": { fr: "Poste de coût", en: "Item of cost" },
  "kind": { fr: "Nature", en: "Kind" },
} as const satisfies Texts;
