/** Type bytes of TYPE_INFO, [MS-TDS] 2.2.5.4. */
export const WIRE_TYPES = {
  null: 0x1f,
  image: 0x22,
  text: 0x23,
  uniqueidentifier: 0x24,
  legacyVarbinary: 0x25,
  intN: 0x26,
  legacyVarchar: 0x27,
  date: 0x28,
  time: 0x29,
  datetime2: 0x2a,
  datetimeoffset: 0x2b,
  legacyBinary: 0x2d,
  legacyChar: 0x2f,
  tinyint: 0x30,
  bit: 0x32,
  smallint: 0x34,
  legacyDecimal: 0x37,
  int: 0x38,
  smalldatetime: 0x3a,
  real: 0x3b,
  money: 0x3c,
  datetime: 0x3d,
  float: 0x3e,
  legacyNumeric: 0x3f,
  variant: 0x62,
  ntext: 0x63,
  bitN: 0x68,
  decimal: 0x6a,
  numeric: 0x6c,
  floatN: 0x6d,
  moneyN: 0x6e,
  datetimeN: 0x6f,
  smallmoney: 0x7a,
  bigint: 0x7f,
  varbinary: 0xa5,
  varchar: 0xa7,
  binary: 0xad,
  char: 0xaf,
  nvarchar: 0xe7,
  nchar: 0xef,
  udt: 0xf0,
  xml: 0xf1,
  tableValued: 0xf3,
} as const

/** Length in TYPE_INFO of varchar(max) and its kind; their values come in chunks (PLP). */
export const MAX_LENGTH_MARK = 0xffff
/** Length of a NULL in the types with a length of two bytes. */
export const NULL_LENGTH_16 = 0xffff
/** Length of a NULL in PLP values. */
export const PLP_NULL = 0xffff_ffff_ffff_ffffn
