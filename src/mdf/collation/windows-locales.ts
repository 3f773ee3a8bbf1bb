/** The rules of a language behind Windows collations. */
export interface WindowsLocale {
  /** The collation names' first part. */
  readonly designator: string
  /** Windows language id, sort id included: German phone book order is 0x10407. */
  readonly lcid: number
  /** Of char and varchar; 0 where the language has Unicode types only. */
  readonly codePage: number
  /** Language tag for Intl.Collator. */
  readonly tag: string
  /** Collation versions that have it: 80 (no suffix in the name), 90, 100, 140. */
  readonly versions: readonly number[]
}

const OLD = [80] as const
const OLD_AND_NEW = [80, 100] as const
const MIDDLE = [90] as const
const MIDDLE_AND_NEW = [90, 100] as const
const NEW = [100] as const
const NEW_AND_140 = [100, 140] as const

type Row = readonly [
  index: number,
  designator: string,
  lcid: number,
  codePage: number,
  tag: string,
  versions: readonly number[],
]

/** By the locale index, bits 0 to 6 of a collation id (format reference 6.5). */
const ROWS: readonly Row[] = [
  [0x01, 'Arabic', 0x0401, 1256, 'ar', OLD_AND_NEW],
  [0x02, 'Dari', 0x048c, 1256, 'fa-AF', NEW],
  [0x03, 'Chinese_Taiwan_Stroke', 0x0404, 950, 'zh-Hant-u-co-stroke', OLD],
  [0x04, 'Czech', 0x0405, 1250, 'cs', OLD_AND_NEW],
  [0x05, 'Danish_Norwegian', 0x0406, 1252, 'da', OLD],
  [0x06, 'Yakut', 0x0485, 1251, 'sah', NEW],
  [0x07, 'Greek', 0x0408, 1253, 'el', OLD_AND_NEW],
  [0x08, 'Latin1_General', 0x0409, 1252, 'en', OLD_AND_NEW],
  [0x09, 'Traditional_Spanish', 0x040a, 1252, 'es-u-co-trad', OLD_AND_NEW],
  [0x0a, 'Finnish_Swedish', 0x040b, 1252, 'fi', OLD_AND_NEW],
  [0x0b, 'French', 0x040c, 1252, 'fr', OLD_AND_NEW],
  [0x0c, 'Hebrew', 0x040d, 1255, 'he', OLD_AND_NEW],
  [0x0d, 'Hungarian', 0x040e, 1250, 'hu', OLD_AND_NEW],
  [0x0e, 'Icelandic', 0x040f, 1252, 'is', OLD_AND_NEW],
  [0x0f, 'Corsican', 0x0483, 1252, 'co', NEW],
  [0x10, 'Japanese', 0x0411, 932, 'ja', OLD],
  [0x11, 'Korean_Wansung', 0x0412, 949, 'ko', OLD],
  [0x12, 'Maori', 0x0481, 0, 'mi', NEW],
  [0x13, 'Polish', 0x0415, 1250, 'pl', OLD_AND_NEW],
  [0x14, 'Romanian', 0x0418, 1250, 'ro', OLD_AND_NEW],
  [0x15, 'Cyrillic_General', 0x0419, 1251, 'ru', OLD_AND_NEW],
  [0x16, 'Croatian', 0x041a, 1250, 'hr', OLD_AND_NEW],
  [0x17, 'Slovak', 0x041b, 1250, 'sk', OLD_AND_NEW],
  [0x18, 'Albanian', 0x041c, 1250, 'sq', OLD_AND_NEW],
  [0x19, 'Thai', 0x041e, 874, 'th', OLD_AND_NEW],
  [0x1a, 'Turkish', 0x041f, 1254, 'tr', OLD_AND_NEW],
  [0x1b, 'Ukrainian', 0x0422, 1251, 'uk', OLD_AND_NEW],
  [0x1c, 'Slovenian', 0x0424, 1250, 'sl', OLD_AND_NEW],
  [0x1d, 'Estonian', 0x0425, 1257, 'et', OLD_AND_NEW],
  [0x1e, 'Latvian', 0x0426, 1257, 'lv', OLD_AND_NEW],
  [0x1f, 'Lithuanian', 0x0427, 1257, 'lt', OLD_AND_NEW],
  [0x20, 'Vietnamese', 0x042a, 1258, 'vi', OLD_AND_NEW],
  [0x24, 'Chinese_PRC', 0x0804, 936, 'zh-Hans', OLD],
  [0x25, 'Uighur', 0x0480, 1256, 'ug', NEW],
  [0x26, 'Breton', 0x047e, 1252, 'br', NEW],
  [0x28, 'Modern_Spanish', 0x0c0a, 1252, 'es', OLD_AND_NEW],
  [0x29, 'German_PhoneBook', 0x10407, 1252, 'de-u-co-phonebk', OLD_AND_NEW],
  [0x2b, 'Japanese_Unicode', 0x10411, 932, 'ja', OLD],
  [0x2e, 'Chinese_PRC_Stroke', 0x20804, 936, 'zh-Hans-u-co-stroke', OLD],
  [0x2f, 'Chinese_Taiwan_Bopomofo', 0x30404, 950, 'zh-Hant-u-co-zhuyin', OLD],
  [0x30, 'Japanese', 0x0411, 932, 'ja', MIDDLE],
  [0x31, 'Chinese_PRC', 0x0804, 936, 'zh-Hans', MIDDLE],
  [0x32, 'Chinese_PRC_Stroke', 0x20804, 936, 'zh-Hans-u-co-stroke', MIDDLE],
  [0x33, 'Chinese_Taiwan_Bopomofo', 0x30404, 950, 'zh-Hant-u-co-zhuyin', MIDDLE],
  [0x34, 'Chinese_Taiwan_Stroke', 0x0404, 950, 'zh-Hant-u-co-stroke', MIDDLE],
  [0x35, 'Indic_General', 0x0439, 0, 'hi', MIDDLE_AND_NEW],
  [0x37, 'Kazakh', 0x043f, 1251, 'kk', MIDDLE_AND_NEW],
  [0x38, 'Uzbek_Latin', 0x0443, 1254, 'uz', MIDDLE_AND_NEW],
  [0x39, 'Tatar', 0x0444, 1251, 'tt', MIDDLE_AND_NEW],
  [0x3a, 'Macedonian_FYROM', 0x042f, 1251, 'mk', MIDDLE_AND_NEW],
  [0x3b, 'Syriac', 0x045a, 0, 'syr', MIDDLE_AND_NEW],
  [0x3c, 'Divehi', 0x0465, 0, 'dv', MIDDLE_AND_NEW],
  [0x3e, 'Chinese_Hong_Kong_Stroke', 0x0c04, 950, 'zh-Hant-HK-u-co-stroke', MIDDLE],
  [0x3f, 'Mohawk', 0x047c, 1252, 'moh', NEW],
  [0x40, 'Korean', 0x0412, 949, 'ko', MIDDLE_AND_NEW],
  [0x41, 'Chinese_Traditional_Stroke_Count', 0x0404, 950, 'zh-Hant-u-co-stroke', NEW],
  [0x42, 'Chinese_Traditional_Bopomofo', 0x30404, 950, 'zh-Hant-u-co-zhuyin', NEW],
  [0x43, 'Chinese_Simplified_Pinyin', 0x0804, 936, 'zh-Hans', NEW],
  [0x44, 'Chinese_Simplified_Stroke_Order', 0x20804, 936, 'zh-Hans-u-co-stroke', NEW],
  [0x45, 'Chinese_Traditional_Pinyin', 0x1404, 950, 'zh-Hant-u-co-pinyin', NEW],
  [0x46, 'Chinese_Traditional_Stroke_Order', 0x21404, 950, 'zh-Hant-u-co-stroke', NEW],
  [0x47, 'Danish_Greenlandic', 0x0406, 1252, 'da', NEW],
  [0x48, 'Japanese_XJIS', 0x0411, 932, 'ja', NEW_AND_140],
  [0x49, 'Japanese_Bushu_Kakusu', 0x40411, 932, 'ja', NEW_AND_140],
  [0x4a, 'Norwegian', 0x0414, 1252, 'nb', NEW],
  [0x4b, 'Romansh', 0x0417, 1252, 'rm', NEW],
  [0x4c, 'Serbian_Latin', 0x081a, 1250, 'sr-Latn', NEW],
  [0x4d, 'Serbian_Cyrillic', 0x0c1a, 1251, 'sr', NEW],
  [0x4e, 'Bosnian_Latin', 0x141a, 1250, 'bs', NEW],
  [0x4f, 'Bosnian_Cyrillic', 0x201a, 1251, 'bs-Cyrl', NEW],
  [0x50, 'Urdu', 0x0420, 1256, 'ur', NEW],
  [0x51, 'Persian', 0x0429, 1256, 'fa', NEW],
  [0x52, 'Mapudungan', 0x047a, 1252, 'arn', NEW],
  [0x53, 'Upper_Sorbian', 0x042e, 1252, 'hsb', NEW],
  [0x54, 'Bashkir', 0x046d, 1251, 'ba', NEW],
  [0x55, 'Maltese', 0x043a, 0, 'mt', NEW],
  [0x56, 'Sami_Norway', 0x043b, 1252, 'se', NEW],
  [0x57, 'Sami_Sweden_Finland', 0x083b, 1252, 'se-SE', NEW],
  [0x59, 'Bengali', 0x0445, 0, 'bn', NEW],
  [0x5a, 'Assamese', 0x044d, 0, 'as', NEW],
  [0x5b, 'Pashto', 0x0463, 0, 'ps', NEW],
  [0x5c, 'Tibetan', 0x0451, 0, 'bo', NEW],
  [0x5d, 'Welsh', 0x0452, 1252, 'cy', NEW],
  [0x5e, 'Khmer', 0x0453, 0, 'km', NEW],
  [0x5f, 'Lao', 0x0454, 0, 'lo', NEW],
  [0x61, 'Tamazight', 0x085f, 1252, 'tzm', NEW],
  [0x62, 'Nepali', 0x0461, 0, 'ne', NEW],
  [0x63, 'Azeri_Latin', 0x042c, 1254, 'az', NEW],
  [0x64, 'Azeri_Cyrillic', 0x082c, 1251, 'az-Cyrl', NEW],
]

/** Locales by their index in a collation id. */
export const WINDOWS_LOCALES: ReadonlyMap<number, WindowsLocale> = new Map(
  ROWS.map(([index, designator, lcid, codePage, tag, versions]) => [
    index,
    { designator, lcid, codePage, tag, versions },
  ]),
)
