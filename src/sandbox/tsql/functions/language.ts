/** A language of SET LANGUAGE. */
export interface Language {
  readonly name: string
  readonly alias: string
  /** BCP 47, for the names of months and days. */
  readonly locale: string
  readonly dateFormat: string
  /** @@DATEFIRST: 1 is Monday. */
  readonly dateFirst: number
}

/** sys.syslanguages: name, alias, locale, DATEFORMAT and DATEFIRST. */
const LANGUAGES: readonly (readonly [string, string, string, string, number])[] = [
  ['us_english', 'English', 'en-US', 'mdy', 7],
  ['Deutsch', 'German', 'de-DE', 'dmy', 1],
  ['Français', 'French', 'fr-FR', 'dmy', 1],
  ['日本語', 'Japanese', 'ja-JP', 'ymd', 7],
  ['Dansk', 'Danish', 'da-DK', 'dmy', 1],
  ['Español', 'Spanish', 'es-ES', 'dmy', 1],
  ['Italiano', 'Italian', 'it-IT', 'dmy', 1],
  ['Nederlands', 'Dutch', 'nl-NL', 'dmy', 1],
  ['Norsk', 'Norwegian', 'nb-NO', 'dmy', 1],
  ['Português', 'Portuguese', 'pt-PT', 'dmy', 7],
  ['Suomi', 'Finnish', 'fi-FI', 'dmy', 1],
  ['Svenska', 'Swedish', 'sv-SE', 'ymd', 1],
  ['čeština', 'Czech', 'cs-CZ', 'dmy', 1],
  ['magyar', 'Hungarian', 'hu-HU', 'ymd', 1],
  ['polski', 'Polish', 'pl-PL', 'dmy', 1],
  ['română', 'Romanian', 'ro-RO', 'dmy', 1],
  ['hrvatski', 'Croatian', 'hr-HR', 'ymd', 1],
  ['slovenčina', 'Slovak', 'sk-SK', 'dmy', 1],
  ['slovenski', 'Slovenian', 'sl-SI', 'dmy', 1],
  ['ελληνικά', 'Greek', 'el-GR', 'dmy', 1],
  ['български', 'Bulgarian', 'bg-BG', 'dmy', 1],
  ['русский', 'Russian', 'ru-RU', 'dmy', 1],
  ['Türkçe', 'Turkish', 'tr-TR', 'dmy', 1],
  ['British', 'British English', 'en-GB', 'dmy', 1],
  ['eesti', 'Estonian', 'et-EE', 'dmy', 1],
  ['latviešu', 'Latvian', 'lv-LV', 'ymd', 1],
  ['lietuvių', 'Lithuanian', 'lt-LT', 'ymd', 1],
  ['Português (Brasil)', 'Brazilian', 'pt-BR', 'dmy', 7],
  ['繁體中文', 'Traditional Chinese', 'zh-TW', 'ymd', 7],
  ['한국어', 'Korean', 'ko-KR', 'ymd', 7],
  ['简体中文', 'Simplified Chinese', 'zh-CN', 'ymd', 7],
  ['Arabic', 'Arabic', 'ar', 'dmy', 1],
  ['ไทย', 'Thai', 'th-TH', 'dmy', 7],
  ['norsk (bokmål)', 'Bokmål', 'nb-NO', 'dmy', 1],
]

/** The names of dates where no language is set. */
export const ENGLISH: Language = {
  name: 'us_english',
  alias: 'English',
  locale: 'en-US',
  dateFormat: 'mdy',
  dateFirst: 7,
}

/** A language by its name or its alias, in any case. */
export function findLanguage(written: string): Language | undefined {
  const wanted = written.toLowerCase()
  const found = LANGUAGES.find((row) =>
    row.slice(0, 2).some((name) => `${name}`.toLowerCase() === wanted),
  )
  if (found === undefined) return undefined
  const [name, alias, locale, dateFormat, dateFirst] = found
  return { name, alias, locale, dateFormat, dateFirst }
}

/** Name of a month, from 1. */
export function monthName({ locale }: Language, month: number): string {
  return nameOf(locale, { month: 'long' }, new Date(Date.UTC(2001, month - 1, 1)))
}

/** Name of a day of the week, from 0 for Monday. */
export function weekdayName({ locale }: Language, weekday: number): string {
  return nameOf(locale, { weekday: 'long' }, new Date(Date.UTC(2001, 0, 1 + weekday)))
}

function nameOf(locale: string, part: Intl.DateTimeFormatOptions, date: Date): string {
  const calendar = 'gregory'
  return new Intl.DateTimeFormat(locale, { ...part, calendar, timeZone: 'UTC' }).format(date)
}
