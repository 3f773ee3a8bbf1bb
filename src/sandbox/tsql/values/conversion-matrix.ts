import type { SqlType, SqlTypeName } from '../../../mdf/index.ts'

/** Types that convert alike. */
type Family =
  | 'char'
  | 'nchar'
  | 'binary'
  | 'exact'
  | 'approximate'
  | 'datetime'
  | 'date'
  | 'time'
  | 'datetime2'
  | 'uniqueidentifier'
  | 'timestamp'
  | 'text'
  | 'ntext'
  | 'image'
  | 'xml'
  | 'sql_variant'
  | 'clr'

const FAMILY: Readonly<Record<SqlTypeName, Family>> = {
  bit: 'exact',
  tinyint: 'exact',
  smallint: 'exact',
  int: 'exact',
  bigint: 'exact',
  decimal: 'exact',
  numeric: 'exact',
  money: 'exact',
  smallmoney: 'exact',
  real: 'approximate',
  float: 'approximate',
  date: 'date',
  time: 'time',
  datetime2: 'datetime2',
  datetimeoffset: 'datetime2',
  datetime: 'datetime',
  smalldatetime: 'datetime',
  char: 'char',
  varchar: 'char',
  text: 'text',
  nchar: 'nchar',
  nvarchar: 'nchar',
  ntext: 'ntext',
  binary: 'binary',
  varbinary: 'binary',
  image: 'image',
  uniqueidentifier: 'uniqueidentifier',
  timestamp: 'timestamp',
  sql_variant: 'sql_variant',
  xml: 'xml',
  hierarchyid: 'clr',
  geometry: 'clr',
  geography: 'clr',
}

const CHARS = 'char nchar'
const NUMBERS = 'exact approximate'
const DATES = 'datetime date time datetime2'

/** The chart of Microsoft's "CAST and CONVERT (Transact-SQL)": what a family becomes unasked, and when asked. */
const CHART: Readonly<Record<Family, { implicit: string; explicit: string }>> = {
  char: {
    implicit: `${CHARS} ${NUMBERS} ${DATES} uniqueidentifier text ntext image xml sql_variant clr`,
    explicit: 'binary timestamp',
  },
  nchar: {
    implicit: `${CHARS} ${NUMBERS} ${DATES} uniqueidentifier text ntext xml sql_variant clr`,
    explicit: 'binary',
  },
  binary: {
    implicit: `${CHARS} binary exact datetime uniqueidentifier timestamp image xml sql_variant clr`,
    explicit: 'date time datetime2',
  },
  exact: {
    implicit: `${CHARS} binary ${NUMBERS} datetime timestamp sql_variant`,
    explicit: '',
  },
  approximate: { implicit: `${CHARS} binary ${NUMBERS} datetime sql_variant`, explicit: '' },
  datetime: {
    implicit: `${CHARS} ${DATES} sql_variant`,
    explicit: `binary ${NUMBERS} timestamp`,
  },
  date: { implicit: `${CHARS} date datetime datetime2 sql_variant`, explicit: 'binary' },
  time: { implicit: `${CHARS} time datetime datetime2 sql_variant`, explicit: 'binary' },
  datetime2: { implicit: `${CHARS} ${DATES} sql_variant`, explicit: 'binary' },
  uniqueidentifier: { implicit: `${CHARS} binary uniqueidentifier sql_variant`, explicit: '' },
  timestamp: { implicit: 'char binary exact datetime timestamp image', explicit: '' },
  text: { implicit: `${CHARS} text ntext xml`, explicit: '' },
  ntext: { implicit: `${CHARS} text ntext xml`, explicit: '' },
  image: { implicit: 'binary timestamp image xml', explicit: '' },
  xml: { implicit: 'xml', explicit: `${CHARS} binary` },
  sql_variant: {
    implicit: 'sql_variant',
    explicit: `${CHARS} binary ${NUMBERS} ${DATES} uniqueidentifier`,
  },
  clr: { implicit: 'clr', explicit: `${CHARS} binary` },
}

const allowed = {
  implicit: new Map(
    Object.entries(CHART).map(([from, { implicit }]) => [from, new Set(implicit.split(' '))]),
  ),
  explicit: new Map(
    Object.entries(CHART).map(([from, { explicit }]) => [from, new Set(explicit.split(' '))]),
  ),
}

/** Whether a conversion exists at all ('explicit': CAST may do it) or happens unasked ('implicit'). */
export function canConvert(from: SqlType, to: SqlType, how: 'implicit' | 'explicit'): boolean {
  const source = FAMILY[from.name]
  const target = FAMILY[to.name]
  if (source === 'clr' && target === 'clr') return from.name === to.name
  if (allowed.implicit.get(source)?.has(target) === true) return true
  return how === 'explicit' && allowed.explicit.get(source)?.has(target) === true
}
