// Numbers, units and dates by language. Units are mailflow's: share, minutes, items, items/h, agent hours, currency.
import type { Language } from "./language";

const narrow = "\u202f";

export class Format {
  private readonly locale: string;
  private readonly numbers = new Map<number, Intl.NumberFormat>();

  constructor(readonly language: Language) {
    this.locale = language === "fr" ? "fr-FR" : "en-GB";
  }

  number(value: number, decimals = 0): string {
    let format = this.numbers.get(decimals);
    if (!format) {
      // As the terminal rounds: a half goes to the even digit.
      const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, roundingMode: "halfEven" };
      format = new Intl.NumberFormat(this.locale, options as Intl.NumberFormatOptions);
      this.numbers.set(decimals, format);
    }
    return format.format(value).replace("-", "\u2212");
  }

  private unit(value: number, decimals: number, unit: string): string {
    return unit ? this.number(value, decimals) + narrow + unit : this.number(value, decimals);
  }

  /** In percent; so many decimals that what is not quite all does not read as all. */
  share(value: number): string {
    const decimals = value > 0.995 && value < 1 ? Math.min(6, Math.max(2, Math.ceil(-Math.log10(100 * (1 - value))))) : 1;
    return this.unit(100 * value, decimals, "%");
  }

  span(minutes: number): string {
    const size = Math.abs(minutes);
    if (size === 0) return this.unit(0, 0, "min");
    if (size < 1) return this.unit(minutes * 60, 1, "s");
    if (size < 60) return this.unit(minutes, 1, "min");
    if (size < 48 * 60) return this.unit(minutes / 60, 1, "h");
    return this.unit(minutes / 1440, 1, this.language === "fr" ? "j" : "d");
  }

  /** A value in its unit; "–" where there is none. */
  value(value: number | string | null | undefined, unit: string, currency = ""): string {
    if (typeof value === "string") return value;
    if (value === null || value === undefined || !Number.isFinite(value)) return "–";
    const small = Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    const items = this.language === "fr" ? "objets" : "items";
    switch (unit) {
      case "share":
        return this.share(value);
      case "percent":
        return this.unit(100 * value, 0, "%");
      case "minutes":
        return this.span(value);
      case "minutes as hours":
        return this.unit(value / 60, Math.abs(value) < 6000 ? 1 : 0, "h");
      case "item hours":
        return this.unit(value, small, "h");
      case "agent hours":
      case "hours":
        return this.unit(value, small, "h");
      case "currency":
        return this.unit(value, value === 0 || Math.abs(value) >= 1000 ? 0 : 2, currency);
      case "currency/item":
        return this.unit(value, 2, currency);
      case "items":
        return this.unit(value, Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1, items);
      case "items/h":
        return this.unit(value, Math.abs(value) >= 100 ? 0 : 1, `${items}/h`);
      case "kg":
        return this.unit(value, 0, "kg");
      case "":
        return this.number(value, Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1);
      default:
        return this.unit(value, small, unit);
    }
  }

  /** A difference, always with its sign; shares in points. */
  change(value: number | null | undefined, unit: string, currency = ""): string {
    if (value === null || value === undefined || !Number.isFinite(value)) return "–";
    const size = unit === "share" ? this.unit(Math.abs(100 * value), 2, "pt") : this.value(Math.abs(value), unit, currency);
    if (!/[1-9]/.test(size)) return size;
    return (value < 0 ? "\u2212" : "+") + size;
  }

  /** As few digits of a difference as an axis wants. */
  roughChange(value: number, unit: string, currency = ""): string {
    const points = Math.abs(100 * value);
    if (unit !== "share" || !Number.isInteger(Math.round(points * 1e6) / 1e6)) return this.change(value, unit, currency);
    return points === 0 ? "0" : (value < 0 ? "\u2212" : "+") + this.unit(Math.round(points), 0, "pt");
  }

  // Instants are local with their offset: what stands before it is what a clock there shows.
  private local(instant: string): Date {
    return new Date(instant.slice(0, 19).padEnd(19, instant.length <= 10 ? "T00:00:00" : "0") + "Z");
  }
  private civil(instant: string, options: Intl.DateTimeFormatOptions): string {
    return this.spoken(new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", ...options }).format(this.local(instant)));
  }
  /** In French hours are written 8 h 30. */
  spoken(text: string): string {
    return this.language === "fr" ? text.replace(/\b(\d{2}):(\d{2})\b/g, (_, h: string, m: string) => `${Number(h)}\u00a0h\u00a0${m}`) : text;
  }
  date(instant: string): string {
    return this.civil(instant, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  }
  fullInstant(instant: string): string {
    return this.civil(instant, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }
  /** The last day of what ends at an instant: at midnight, the day before. */
  private lastDay(instant: string): string {
    if (instant.slice(11, 19) !== "00:00:00") return instant;
    return new Date(this.local(instant).getTime() - 86400000).toISOString().slice(0, 19);
  }
  lastDate(instant: string): string {
    return this.date(this.lastDay(instant));
  }
  /** Midnight is the end of a day, not the beginning of the next. */
  fullEnd(instant: string): string {
    const last = this.lastDay(instant);
    return last === instant ? this.fullInstant(instant) : this.fullInstant(last).replace("00:00", "24:00").replace("0\u00a0h\u00a000", "24\u00a0h\u00a000");
  }
  shortDate(instant: string): string {
    return this.civil(instant, { day: "numeric", month: "short" });
  }
  weekdayDate(instant: string): string {
    return this.civil(instant, { weekday: "short", day: "numeric", month: "short" });
  }
  time(instant: string): string {
    return this.civil(instant, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }
  instant(instant: string): string {
    return this.civil(instant, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }
  /** A minute of the week, Monday 00:00 being 0. */
  weekMinute(minutes: number): string {
    const day = new Date(Date.UTC(2024, 0, 1) + minutes * 60000);
    return this.spoken(new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(day));
  }
  /** Midnight is the end of a day. */
  endClock(minutes: number): string {
    return minutes === 1440 ? (this.language === "fr" ? "24\u00a0h" : "24:00") : this.clock(minutes);
  }
  clock(minutes: number): string {
    const day = new Date(Date.UTC(2024, 0, 1) + minutes * 60000);
    const text = new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(day);
    return this.spoken(text).replace("\u00a0h\u00a000", "\u00a0h");
  }
}
