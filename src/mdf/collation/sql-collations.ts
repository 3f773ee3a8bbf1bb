// SQL collations are older than Windows collations and have sort ids of their own, the top byte of a
// collation id (format reference 6.5). The rest of the id is a Windows collation's.
const CI_AS = 0xd000
const CS_AS = 0xc000
const CI_AI = 0xf000
const BIN = 0x10000
const BIN2 = 0x800

type Row = readonly [sortId: number, locale: number, style: number, name: string]

const ROWS: readonly Row[] = [
  [0x1e, 0x08, BIN, 'SQL_Latin1_General_CP437_BIN'],
  [0x1e, 0x08, BIN2, 'SQL_Latin1_General_CP437_BIN2'],
  [0x1f, 0x08, CS_AS, 'SQL_Latin1_General_CP437_CS_AS'],
  [0x20, 0x08, CI_AS, 'SQL_Latin1_General_CP437_CI_AS'],
  [0x21, 0x08, CI_AS, 'SQL_Latin1_General_Pref_CP437_CI_AS'],
  [0x22, 0x08, CI_AI, 'SQL_Latin1_General_CP437_CI_AI'],
  [0x28, 0x08, BIN, 'SQL_Latin1_General_CP850_BIN'],
  [0x28, 0x08, BIN2, 'SQL_Latin1_General_CP850_BIN2'],
  [0x29, 0x08, CS_AS, 'SQL_Latin1_General_CP850_CS_AS'],
  [0x2a, 0x08, CI_AS, 'SQL_Latin1_General_CP850_CI_AS'],
  [0x2b, 0x08, CI_AS, 'SQL_Latin1_General_Pref_CP850_CI_AS'],
  [0x2c, 0x08, CI_AI, 'SQL_Latin1_General_CP850_CI_AI'],
  [0x31, 0x08, CI_AS, 'SQL_1xCompat_CP850_CI_AS'],
  [0x33, 0x08, CS_AS, 'SQL_Latin1_General_CP1_CS_AS'],
  [0x34, 0x08, CI_AS, 'SQL_Latin1_General_CP1_CI_AS'],
  [0x35, 0x08, CI_AS, 'SQL_Latin1_General_Pref_CP1_CI_AS'],
  [0x36, 0x08, CI_AI, 'SQL_Latin1_General_CP1_CI_AI'],
  [0x37, 0x08, CS_AS, 'SQL_AltDiction_CP850_CS_AS'],
  [0x38, 0x08, CI_AS, 'SQL_AltDiction_Pref_CP850_CI_AS'],
  [0x39, 0x08, CI_AI, 'SQL_AltDiction_CP850_CI_AI'],
  [0x3a, 0x0a, CI_AS, 'SQL_Scandinavian_Pref_CP850_CI_AS'],
  [0x3b, 0x0a, CS_AS, 'SQL_Scandinavian_CP850_CS_AS'],
  [0x3c, 0x0a, CI_AS, 'SQL_Scandinavian_CP850_CI_AS'],
  [0x3d, 0x08, CI_AS, 'SQL_AltDiction_CP850_CI_AS'],
  [0x51, 0x08, CS_AS, 'SQL_Latin1_General_CP1250_CS_AS'],
  [0x52, 0x08, CI_AS, 'SQL_Latin1_General_CP1250_CI_AS'],
  [0x53, 0x04, CS_AS, 'SQL_Czech_CP1250_CS_AS'],
  [0x54, 0x04, CI_AS, 'SQL_Czech_CP1250_CI_AS'],
  [0x55, 0x0d, CS_AS, 'SQL_Hungarian_CP1250_CS_AS'],
  [0x56, 0x0d, CI_AS, 'SQL_Hungarian_CP1250_CI_AS'],
  [0x57, 0x13, CS_AS, 'SQL_Polish_CP1250_CS_AS'],
  [0x58, 0x13, CI_AS, 'SQL_Polish_CP1250_CI_AS'],
  [0x59, 0x14, CS_AS, 'SQL_Romanian_CP1250_CS_AS'],
  [0x5a, 0x14, CI_AS, 'SQL_Romanian_CP1250_CI_AS'],
  [0x5b, 0x16, CS_AS, 'SQL_Croatian_CP1250_CS_AS'],
  [0x5c, 0x16, CI_AS, 'SQL_Croatian_CP1250_CI_AS'],
  [0x5d, 0x17, CS_AS, 'SQL_Slovak_CP1250_CS_AS'],
  [0x5e, 0x17, CI_AS, 'SQL_Slovak_CP1250_CI_AS'],
  [0x5f, 0x1c, CS_AS, 'SQL_Slovenian_CP1250_CS_AS'],
  [0x60, 0x1c, CI_AS, 'SQL_Slovenian_CP1250_CI_AS'],
  [0x69, 0x08, CS_AS, 'SQL_Latin1_General_CP1251_CS_AS'],
  [0x6a, 0x08, CI_AS, 'SQL_Latin1_General_CP1251_CI_AS'],
  [0x6b, 0x1b, CS_AS, 'SQL_Ukrainian_CP1251_CS_AS'],
  [0x6c, 0x1b, CI_AS, 'SQL_Ukrainian_CP1251_CI_AS'],
  [0x71, 0x08, CS_AS, 'SQL_Latin1_General_CP1253_CS_AS'],
  [0x72, 0x08, CI_AS, 'SQL_Latin1_General_CP1253_CI_AS'],
  [0x78, 0x08, CS_AS, 'SQL_MixDiction_CP1253_CS_AS'],
  [0x7a, 0x08, CS_AS, 'SQL_AltDiction2_CP1253_CS_AS'],
  [0x7c, 0x08, CI_AI, 'SQL_Latin1_General_CP1253_CI_AI'],
  [0x81, 0x1a, CS_AS, 'SQL_Latin1_General_CP1254_CS_AS'],
  [0x82, 0x1a, CI_AS, 'SQL_Latin1_General_CP1254_CI_AS'],
  [0x89, 0x08, CS_AS, 'SQL_Latin1_General_CP1255_CS_AS'],
  [0x8a, 0x08, CI_AS, 'SQL_Latin1_General_CP1255_CI_AS'],
  [0x91, 0x08, CS_AS, 'SQL_Latin1_General_CP1256_CS_AS'],
  [0x92, 0x08, CI_AS, 'SQL_Latin1_General_CP1256_CI_AS'],
  [0x99, 0x08, CS_AS, 'SQL_Latin1_General_CP1257_CS_AS'],
  [0x9a, 0x08, CI_AS, 'SQL_Latin1_General_CP1257_CI_AS'],
  [0x9b, 0x1d, CS_AS, 'SQL_Estonian_CP1257_CS_AS'],
  [0x9c, 0x1d, CI_AS, 'SQL_Estonian_CP1257_CI_AS'],
  [0x9d, 0x1e, CS_AS, 'SQL_Latvian_CP1257_CS_AS'],
  [0x9e, 0x1e, CI_AS, 'SQL_Latvian_CP1257_CI_AS'],
  [0x9f, 0x1f, CS_AS, 'SQL_Lithuanian_CP1257_CS_AS'],
  [0xa0, 0x1f, CI_AS, 'SQL_Lithuanian_CP1257_CI_AS'],
  [0xb7, 0x05, CI_AS, 'SQL_Danish_Pref_CP1_CI_AS'],
  [0xb8, 0x0a, CI_AS, 'SQL_SwedishPhone_Pref_CP1_CI_AS'],
  [0xb9, 0x0a, CI_AS, 'SQL_SwedishStd_Pref_CP1_CI_AS'],
  [0xba, 0x0e, CI_AS, 'SQL_Icelandic_Pref_CP1_CI_AS'],
  [0xd2, 0x08, CS_AS, 'SQL_EBCDIC037_CP1_CS_AS'],
  [0xd3, 0x29, CS_AS, 'SQL_EBCDIC273_CP1_CS_AS'],
  [0xd4, 0x05, CS_AS, 'SQL_EBCDIC277_CP1_CS_AS'],
  [0xd5, 0x0a, CS_AS, 'SQL_EBCDIC278_CP1_CS_AS'],
  [0xd6, 0x08, CS_AS, 'SQL_EBCDIC280_CP1_CS_AS'],
  [0xd7, 0x28, CS_AS, 'SQL_EBCDIC284_CP1_CS_AS'],
  [0xd8, 0x08, CS_AS, 'SQL_EBCDIC285_CP1_CS_AS'],
  [0xd9, 0x0b, CS_AS, 'SQL_EBCDIC297_CP1_CS_AS'],
  [0xda, 0x05, CS_AS, 'SQL_EBCDIC277_2_CP1_CS_AS'],
  [0xdb, 0x29, CS_AS, 'SQL_EBCDIC1141_CP1_CS_AS'],
]

/** Names of the SQL collations by collation id. */
export const SQL_COLLATION_NAMES: ReadonlyMap<number, string> = new Map(
  ROWS.map(([sortId, locale, style, name]) => [((sortId << 24) | style | locale) >>> 0, name]),
)

/** The code page in the name; CP1 is 1252. */
export function sqlCollationCodePage(name: string): number {
  const codePage = Number(/_CP(\d+)_/.exec(name)?.[1])
  return codePage === 1 ? 1252 : codePage
}
