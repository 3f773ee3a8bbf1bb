import { UTF8_CODE_PAGE } from '../value/code-page.ts'
import { SQL_COLLATION_NAMES, sqlCollationCodePage } from './sql-collations.ts'
import { WINDOWS_LOCALES, type WindowsLocale } from './windows-locales.ts'

// Collation id (format reference 6.5). A set bit of the first four makes the collation *in*sensitive.
const LOCALE_MASK = 0x7f
const UTF8 = 0x80
const SUPPLEMENTARY_CHARACTERS = 0x100
const NO_VARIATION_SELECTORS = 0x200
const BINARY2 = 0x800
const IGNORE_CASE = 0x1000
const IGNORE_ACCENT = 0x2000
const IGNORE_KANA = 0x4000
const IGNORE_WIDTH = 0x8000
const BINARY = 0x10000
const VERSION_SHIFT = 17
const VERSIONS = [80, 90, 100, 140] as const
const DEFAULT_CODE_PAGE = 1252
const ENGLISH_LCID = 0x0409

/** How a collation compares, in terms of Intl.Collator. */
export interface CollationTraits {
  readonly caseSensitive: boolean
  readonly accentSensitive: boolean
  readonly kanaSensitive: boolean
  readonly widthSensitive: boolean
  /** Compares code points: BIN and BIN2. */
  readonly binary: boolean
  /** char and varchar hold UTF-8. */
  readonly utf8: boolean
  /** BCP 47 tag for Intl.Collator. */
  readonly locale: string
}

/** The collation's name, such as `Latin1_General_100_CI_AS_SC`; undefined for an unknown id. */
export function collationName(id: number): string | undefined {
  const sqlName = SQL_COLLATION_NAMES.get(id >>> 0)
  if (sqlName !== undefined) return sqlName
  const locale = WINDOWS_LOCALES.get(id & LOCALE_MASK)
  const version = VERSIONS[(id >>> VERSION_SHIFT) & 0x7f]
  if (locale === undefined || version === undefined || id >>> 24 !== 0) return undefined
  const versionPart = version === 80 ? '' : `_${version}`
  return `${locale.designator}${versionPart}${styleSuffix(id, version)}`
}

function styleSuffix(id: number, version: number): string {
  const has = (bit: number) => (id & bit) !== 0
  const encoding = has(UTF8) ? '_UTF8' : ''
  if (has(BINARY)) return `_BIN${encoding}`
  if (has(BINARY2)) return `_BIN2${encoding}`
  return [
    has(IGNORE_CASE) ? '_CI' : '_CS',
    has(IGNORE_ACCENT) ? '_AI' : '_AS',
    has(IGNORE_KANA) ? '' : '_KS',
    has(IGNORE_WIDTH) ? '' : '_WS',
    // Version 140 always has supplementary characters, and says which collations tell variants apart.
    version === 140 && !has(NO_VARIATION_SELECTORS) ? '_VSS' : '',
    version !== 140 && has(SUPPLEMENTARY_CHARACTERS) ? '_SC' : '',
    encoding,
  ].join('')
}

const WINDOWS_NAME =
  /^(?<designator>\w+?)(?:_(?<version>90|100|140))?_(?:(?<binary>BIN2?)|(?<case>CI|CS)_(?<accent>AI|AS)(?<kana>_KS)?(?<width>_WS)?(?<variants>_VSS)?(?<supplementary>_SC)?)(?<utf8>_UTF8)?$/i

/** The id of a collation's name, in any case; undefined when there is none of that name. */
export function collationIdByName(name: string): number | undefined {
  const wanted = name.toLowerCase()
  for (const [id, sqlName] of SQL_COLLATION_NAMES) if (sqlName.toLowerCase() === wanted) return id
  const parts = WINDOWS_NAME.exec(name)?.groups
  if (parts === undefined) return undefined
  const version = Number(parts['version'] ?? 80)
  const index = localeIndex(parts['designator'] ?? '', version)
  if (index === undefined) return undefined
  const id = index | (versionNumber(version) << VERSION_SHIFT) | styleBits(parts, version)
  return collationName(id)?.toLowerCase() === wanted ? id : undefined
}

function localeIndex(designator: string, version: number): number | undefined {
  const wanted = designator.toLowerCase()
  for (const [index, locale] of WINDOWS_LOCALES) {
    const matches = locale.designator.toLowerCase() === wanted
    if (matches && locale.versions.includes(version)) return index
  }
  return undefined
}

function versionNumber(version: number): number {
  return (VERSIONS as readonly number[]).indexOf(version)
}

function styleBits(parts: Readonly<Record<string, string | undefined>>, version: number): number {
  const utf8 = parts['utf8'] === undefined ? 0 : UTF8
  const binary = parts['binary']?.toUpperCase()
  if (binary !== undefined) return (binary === 'BIN' ? BINARY : BINARY2) | utf8
  const supplementary = version === 140 || parts['supplementary'] !== undefined
  return (
    utf8 |
    (parts['case']?.toUpperCase() === 'CI' ? IGNORE_CASE : 0) |
    (parts['accent']?.toUpperCase() === 'AI' ? IGNORE_ACCENT : 0) |
    (parts['kana'] === undefined ? IGNORE_KANA : 0) |
    (parts['width'] === undefined ? IGNORE_WIDTH : 0) |
    (supplementary ? SUPPLEMENTARY_CHARACTERS : 0) |
    (version === 140 && parts['variants'] === undefined ? NO_VARIATION_SELECTORS : 0)
  )
}

/** Windows code page of char and varchar: 1252, 936, …, 65001 for UTF-8; 1252 when unknown. */
export function collationCodePage(id: number): number {
  if ((id & UTF8) !== 0) return UTF8_CODE_PAGE
  const sqlName = SQL_COLLATION_NAMES.get(id >>> 0)
  if (sqlName !== undefined) return sqlCollationCodePage(sqlName)
  const codePage = localeOf(id)?.codePage ?? 0
  return codePage === 0 ? DEFAULT_CODE_PAGE : codePage
}

/** Windows language id with its sort id in bits 16 to 19, as TDS carries it; English when unknown. */
export function collationLcid(id: number): number {
  return localeOf(id)?.lcid ?? ENGLISH_LCID
}

/** How the collation compares. */
export function collationTraits(id: number): CollationTraits {
  const binary = (id & (BINARY | BINARY2)) !== 0
  const sensitive = (ignoreBit: number) => binary || (id & ignoreBit) === 0
  return {
    caseSensitive: sensitive(IGNORE_CASE),
    accentSensitive: sensitive(IGNORE_ACCENT),
    kanaSensitive: sensitive(IGNORE_KANA),
    widthSensitive: sensitive(IGNORE_WIDTH),
    binary,
    utf8: (id & UTF8) !== 0,
    locale: localeOf(id)?.tag ?? 'en',
  }
}

function localeOf(id: number): WindowsLocale | undefined {
  return WINDOWS_LOCALES.get(id & LOCALE_MASK)
}
