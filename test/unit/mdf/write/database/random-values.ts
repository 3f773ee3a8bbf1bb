import {
  DAYS_TO_1900,
  Decimal,
  SqlDateTime,
  type SqlType,
  type SqlValue,
  SqlVariant,
  TICKS_PER_DAY,
} from '../../../../../src/mdf/index.ts'

/** Numbers of a fixed sequence. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => (this.chance(20) ? 0 : this.below(256)))
  }

  /** A whole number of up to so many bits, small ones and the extremes as often as others. */
  integer(bits: number): bigint {
    const kind = this.below(5)
    if (kind === 0) return BigInt(this.below(5) - 2)
    if (kind === 1) return 2n ** BigInt(bits - 1) - 1n
    if (kind === 2) return -(2n ** BigInt(bits - 1))
    let number = 0n
    for (const byte of this.bytes(8)) number = (number << 8n) | BigInt(byte)
    return BigInt.asIntN(1 + this.below(bits), number)
  }
}

/** A type and values of it, in the form that they are read back in. */
export interface RandomType {
  readonly text: string
  readonly collation?: string
  /** Whether it can be a key whose order is known. */
  readonly isKey: boolean
  /** Whether its values can be in rows of an index that are not its key. */
  readonly isIncludable: boolean
  readonly canBeSparse: boolean
  value(random: Random): Exclude<SqlValue, null>
}

const LAST_DAY = 3_652_058

/** Collations and characters that their code pages have; of Unicode for nvarchar. */
const COLLATIONS = [
  { name: 'SQL_Latin1_General_CP1_CI_AS', characters: 'abcXYZ09 éß€', bytes: 1 },
  { name: 'Latin1_General_BIN2', characters: 'abcXYZ09 éß€', bytes: 1 },
  { name: 'Latin1_General_100_CS_AS', characters: 'abcXYZ09 éß', bytes: 1 },
  { name: 'Cyrillic_General_CI_AS', characters: 'abcXYZ09 жЩё', bytes: 1 },
  { name: 'Japanese_CI_AS', characters: 'abcXYZ09 漢か', bytes: 2 },
  { name: 'Latin1_General_100_CI_AS_SC_UTF8', characters: 'abcXYZ09 é漢', bytes: 3 },
] as const
const PLAIN_CHARACTERS = 'abcdefxyzABCXYZ0189'
const WIDE_CHARACTERS = 'abc XYZ 019 éßжё漢か\u{1F600}\uD800\u0000\uFFFF'

export const DATABASE_COLLATIONS = COLLATIONS.map(({ name }) => name)

export function randomType(random: Random): RandomType {
  return random.pick(MAKERS)(random)
}

/** A type whose values can be a key. */
export function randomKeyType(random: Random): RandomType {
  for (;;) {
    const type = randomType(random)
    if (type.isKey) return type
  }
}

type Maker = (random: Random) => RandomType

const MAKERS: readonly Maker[] = [
  () => scalar('bit', (random) => random.chance(50)),
  () => scalar('tinyint', (random) => random.pick([0, 255, random.below(256)])),
  () => scalar('smallint', (random) => Number(random.integer(16))),
  () => scalar('int', (random) => Number(random.integer(32))),
  () => scalar('int', (random) => random.below(30)),
  () => scalar('bigint', (random) => random.integer(64)),
  decimalType,
  () => scalar('money', (random) => new Decimal(random.integer(64), 4)),
  () => scalar('smallmoney', (random) => new Decimal(random.integer(32), 4)),
  () => scalar('real', (random) => Math.fround(floating(random, 3e38))),
  () => scalar('float', (random) => floating(random, Number.MAX_VALUE)),
  () => scalar('date', (random) => new SqlDateTime(day(random), 0)),
  (from) => timeType('time', from, (random, ticks) => new SqlDateTime(random.below(1), ticks)),
  (from) => timeType('datetime2', from, (random, ticks) => new SqlDateTime(day(random), ticks)),
  (from) => timeType('datetimeoffset', from, offsetTime),
  () => scalar('datetime', datetime),
  () => scalar('smalldatetime', smallDatetime),
  () => scalar('uniqueidentifier', guid),
  codePageText,
  codePageText,
  unicodeText,
  unicodeText,
  plainKeyText,
  plainKeyText,
  binaryType,
  largeText,
  largeBinary,
  () => ({ ...scalar('hierarchyid', (random) => random.bytes(random.below(20))), isKey: false }),
  () => large('xml', xml),
  () => large('geometry', (random) => random.bytes(random.below(60))),
  variantType,
]

function scalar(text: string, value: (random: Random) => Exclude<SqlValue, null>): RandomType {
  return { text, isKey: true, isIncludable: true, canBeSparse: true, value }
}

function large(text: string, value: (random: Random) => Exclude<SqlValue, null>): RandomType {
  return { text, isKey: false, isIncludable: true, canBeSparse: false, value }
}

function decimalType(random: Random): RandomType {
  const precision = 1 + random.below(38)
  const scale = random.below(precision + 1)
  const most = 10n ** BigInt(precision) - 1n
  const name = random.pick(['decimal', 'numeric'])
  return scalar(`${name}(${precision}, ${scale})`, (from) => {
    const wide = (from.integer(64) << 64n) | BigInt.asUintN(64, from.integer(64))
    const unscaled = from.pick([most, -most, 0n, wide % (most + 1n), BigInt(from.below(10))])
    return new Decimal(unscaled, scale)
  })
}

function floating(random: Random, largest: number): number {
  return random.pick([0, -0, largest, -largest, 1.5, (random.below(2 ** 31) - 2 ** 30) / 7, 1e-30])
}

function day(random: Random): number {
  return random.pick([0, LAST_DAY, random.below(LAST_DAY), 738_885 + random.below(9)])
}

function timeType(
  name: string,
  from: Random,
  value: (random: Random, ticks: number) => Exclude<SqlValue, null>,
): RandomType {
  const scale = from.below(8)
  const step = 10 ** (7 - scale)
  return scalar(`${name}(${scale})`, (random) => {
    const last = TICKS_PER_DAY - step
    const ticks = random.pick([0, last, Math.floor((random.below(2 ** 31) / 2 ** 31) * last)])
    return value(random, Math.floor(ticks / step) * step)
  })
}

function offsetTime(random: Random, ticks: number): SqlDateTime {
  const middle = Math.min(Math.max(day(random), 1), LAST_DAY - 1)
  return new SqlDateTime(middle, ticks, random.pick([0, 840, -840, 90, -1]))
}

/** Ticks are those of 1/300 s, rounded. */
function datetime(random: Random): SqlDateTime {
  const units = random.pick([0, 25_919_999, random.below(25_920_000)])
  const days = random.pick([639_905, LAST_DAY, DAYS_TO_1900 + random.below(90_000)])
  return new SqlDateTime(days, Math.round((units * 100_000) / 3))
}

function smallDatetime(random: Random): SqlDateTime {
  const minutes = random.pick([0, 1439, random.below(1440)])
  const days = random.pick([0, 0xffff, random.below(0xffff)])
  return new SqlDateTime(DAYS_TO_1900 + days, minutes * 600_000_000)
}

function guid(random: Random): string {
  const hex = Buffer.from(random.bytes(16)).toString('hex').toUpperCase()
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}

function textOf(random: Random, characters: string, length: number): string {
  const all = [...characters]
  let text = ''
  while (text.length < length) text += random.pick(all)
  return text.length > length ? text.slice(0, length) : text
}

/** Mostly short, sometimes as long as can be. */
function lengthUpTo(random: Random, most: number): number {
  const kind = random.below(10)
  if (kind === 0) return most
  if (kind === 1) return random.below(most + 1)
  return random.below(Math.min(most, 12) + 1)
}

function codePageText(random: Random): RandomType {
  const { name: collation, characters, bytes } = random.pick(COLLATIONS)
  const isFixed = random.chance(30)
  const size = isFixed ? 1 + random.below(20) : random.pick([1, 30, 300, 8000])
  const most = Math.floor(size / bytes)
  // Every character of fixed text takes one byte: the blanks it is filled up with are counted in bytes.
  const known = isFixed ? 'abcXYZ09' : characters
  return {
    ...scalar(`${isFixed ? 'char' : 'varchar'}(${size})`, (from) => {
      const text = textOf(from, known, lengthUpTo(from, isFixed ? size : most))
      return isFixed ? text.padEnd(size) : text
    }),
    collation,
    isKey: false,
    canBeSparse: size <= 300,
  }
}

function unicodeText(random: Random): RandomType {
  const isFixed = random.chance(30)
  const size = isFixed ? 1 + random.below(20) : random.pick([1, 30, 300, 4000])
  return {
    ...scalar(`${isFixed ? 'nchar' : 'nvarchar'}(${size})`, (from) => {
      const text = textOf(from, WIDE_CHARACTERS, lengthUpTo(from, size))
      return isFixed ? text.padEnd(size) : text
    }),
    collation: random.pick(COLLATIONS).name,
    isKey: false,
    canBeSparse: size <= 300,
  }
}

function plainKeyText(random: Random): RandomType {
  const size = 1 + random.below(25)
  const name = random.pick(['char', 'varchar', 'nchar', 'nvarchar'])
  const isFixed = name.endsWith('char') && !name.includes('var')
  return {
    ...scalar(`${name}(${size})`, (from) => {
      const text = textOf(from, PLAIN_CHARACTERS, from.below(size + 1))
      return isFixed ? text.padEnd(size) : text
    }),
    collation: random.pick(COLLATIONS).name,
  }
}

function binaryType(random: Random): RandomType {
  const isFixed = random.chance(40)
  const size = isFixed ? 1 + random.below(30) : random.pick([1, 20, 300, 8000])
  return {
    ...scalar(`${isFixed ? 'binary' : 'varbinary'}(${size})`, (from) =>
      from.bytes(isFixed ? size : lengthUpTo(from, size)),
    ),
    isKey: isFixed,
    canBeSparse: size <= 300,
  }
}

function largeLength(random: Random): number {
  const kind = random.below(25)
  if (kind === 0) return random.pick([7999, 8000, 8001, 8040, 8041, 16_081, 40_201, 50_000])
  return kind < 4 ? random.below(9000) : random.below(90)
}

function largeText(random: Random): RandomType {
  const text = random.pick(['varchar(max)', 'nvarchar(max)', 'text', 'ntext'])
  const isOld = text.includes('text')
  const { name: collation } = random.pick(COLLATIONS)
  const characters = text.startsWith('n') ? WIDE_CHARACTERS : 'abcXYZ09 '
  return {
    ...large(text, (from) => textOf(from, characters, largeLength(from))),
    collation,
    isIncludable: !isOld,
  }
}

function largeBinary(random: Random): RandomType {
  const text = random.pick(['varbinary(max)', 'image'])
  const isOld = text === 'image'
  return {
    ...large(text, (from) => Buffer.alloc(largeLength(from), from.bytes(1 + from.below(9)))),
    isIncludable: !isOld,
  }
}

function xml(random: Random): string {
  const item = `<item n="${random.below(100)}">${textOf(random, 'abc é漢', random.below(20))}.</item>`
  return `<root>${item.repeat(random.pick([0, 1, 3, 200]))}<empty/></root>`
}

const facets = { maxLength: 0, precision: 0, scale: 0, collationId: 0 }
const VARIANT_TYPES: readonly (readonly [SqlType, (random: Random) => SqlVariant['value']])[] = [
  [{ ...facets, name: 'int', maxLength: 4, precision: 10 }, (random) => Number(random.integer(32))],
  [{ ...facets, name: 'bigint', maxLength: 8, precision: 19 }, (random) => random.integer(64)],
  [
    { ...facets, name: 'nvarchar', maxLength: 60, collationId: 0x3400d008 },
    (random) => textOf(random, WIDE_CHARACTERS, random.below(31)),
  ],
  [{ ...facets, name: 'varbinary', maxLength: 40 }, (random) => random.bytes(random.below(41))],
]

function variantType(): RandomType {
  return {
    ...scalar('sql_variant', (random) => {
      const [type, value] = random.pick(VARIANT_TYPES)
      return new SqlVariant(type, value(random))
    }),
    isKey: false,
  }
}
