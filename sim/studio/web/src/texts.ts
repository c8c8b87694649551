// Every text of the page, in French and in English (ICU MessageFormat), by subject. The types refuse a text without its
// translation; test/texts.mjs compares their values, and refuses a text that stands in two places.
import { curves } from "./texts/curves";
import { experiments } from "./texts/experiments";
import { headline } from "./texts/headline";
import { improvement } from "./texts/improvement";
import { machines } from "./texts/machines";
import { mail } from "./texts/mail";
import { networks } from "./texts/network";
import { page } from "./texts/page";
import { people } from "./texts/people";
import { planning } from "./texts/planning";
import { sweeps } from "./texts/sweep";
import { verdict } from "./texts/verdict";

export const texts = {
  ...page,
  ...headline,
  ...verdict,
  ...curves,
  ...experiments,
  ...improvement,
  ...mail,
  ...machines,
  ...networks,
  ...people,
  ...planning,
  ...sweeps,
};

export type TextKey = keyof typeof texts;
