// The languages of the page, and what is told in both.
export type Language = "fr" | "en";
export type Label = { fr: string; en: string };
/** Texts by their key. */
export type Texts = Record<string, Label>;
