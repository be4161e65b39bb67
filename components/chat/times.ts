type Options = { locale: string; timeZone: string; now: number; today: string; yesterday: string };

const DAY_MS = 86_400_000;

/** Formatters are slow to make and 10,000 rows ask for one. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function getFormatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, formatter);
  }
  return formatter;
}

/** Days by zone and quarter of an hour: no zone's midnight lies within one. */
const days = new Map<string, string>();

/** The calendar day of an ISO time in a zone, as `2026-11-24`. */
export function toDay(at: string, timeZone: string): string {
  const time = Date.parse(at);
  const key = `${timeZone}|${Math.floor(time / 900_000)}`;
  let day = days.get(key);
  if (!day) {
    const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    day = getFormatter('en-CA', options).format(time);
    days.set(key, day);
  }
  return day;
}

/** The words for times, in one language and zone, seen from `now` (milliseconds). */
export function createTimes({ locale, timeZone, now, today, yesterday }: Options) {
  const dayOf = (at: string) => toDay(at, timeZone);
  const daysAgo = (at: string) =>
    Math.round((Date.parse(toDay(new Date(now).toISOString(), timeZone)) - Date.parse(dayOf(at))) / DAY_MS);
  const isThisYear = (at: string) => dayOf(at).slice(0, 4) === dayOf(new Date(now).toISOString()).slice(0, 4);
  const format = (at: string, options: Intl.DateTimeFormatOptions) =>
    getFormatter(locale, { timeZone, ...options })
      .format(Date.parse(at))
      // Some engines part the time from AM or PM by a narrow space, others by a plain one.
      .replace(/\u202f/g, ' ');
  const clock = (at: string) => format(at, { hour: 'numeric', minute: '2-digit' });

  return {
    dayOf,
    clock,
    /** For a list: the time today, the weekday within a week, else the date. */
    short(at: string): string {
      const ago = daysAgo(at);
      if (ago <= 0) return clock(at);
      if (ago === 1) return yesterday;
      if (ago < 7) return format(at, { weekday: 'long' });
      return format(
        at,
        isThisYear(at)
          ? { month: 'short', day: 'numeric' }
          : { year: 'numeric', month: 'numeric', day: 'numeric' },
      );
    },
    /** For the line between two days. */
    day(at: string): string {
      const ago = daysAgo(at);
      if (ago === 0) return today;
      if (ago === 1) return yesterday;
      const options = { month: 'long', day: 'numeric', weekday: 'long' } as const;
      return format(at, isThisYear(at) ? options : { year: 'numeric', ...options });
    },
    /** In full, for whoever asks by pointing at it. */
    full: (at: string) => format(at, { dateStyle: 'full', timeStyle: 'short' }),
  };
}

export type Times = ReturnType<typeof createTimes>;
