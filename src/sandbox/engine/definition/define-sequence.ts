import type { SqlType } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { CreateSequenceStatement } from '../../tsql/index.ts'
import type { MemoryDatabase } from '../tempdb/memory-database.ts'
import { Sequence, type SequenceDefinition } from '../tempdb/sequence.ts'
import {
  type DefinitionContext,
  findObjectAt,
  placeOf,
  requireFree,
  writtenName,
} from './definition-context.ts'
import { resolveType } from './resolve-type.ts'

const BIGINT = { schema: '', name: 'bigint', arguments: [] } as const

/** Smallest and largest values by type; decimal and numeric go by their digits. */
const LIMITS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-32_768n, 32_767n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
}

/** @throws SqlError 2714, 11702 (no type for a sequence), 11700, 11703, 11705 */
export function createSequence(
  statement: CreateSequenceStatement,
  context: DefinitionContext,
): void {
  const place = placeOf(statement.name, context)
  requireFree(place, context)
  const definition = sequenceDefinition(statement, place.database)
  const { catalog } = place.database
  const { objectId } = catalog.addObject(
    { name: place.name, schemaId: place.schema.schemaId, type: 'SO' },
    context.moment,
    context.log,
  )
  catalog.sequences.set(objectId, new Sequence(definition), context.log)
}

/** @throws SqlError 15151 when there is none */
export function alterSequence(
  statement: CreateSequenceStatement,
  context: DefinitionContext,
): void {
  const found = findObjectAt(statement.name, context)
  const { catalog } = found?.database ?? {}
  const sequence = catalog?.sequences.get(found?.object.objectId ?? 0)
  if (catalog === undefined || found === undefined || sequence === undefined) {
    throw new SqlError(
      15151,
      `Cannot alter the sequence '${writtenName(statement.name)}', because it does not exist or you do not have permission.`,
    )
  }
  const { definition } = sequence
  const limits = limitsOf(definition.type)
  const changed: SequenceDefinition = {
    type: definition.type,
    start: restart(statement, definition),
    increment: number(statement.increment, definition.increment),
    minimum: statement.minimum === '' ? limits[0] : number(statement.minimum, definition.minimum),
    maximum: statement.maximum === '' ? limits[1] : number(statement.maximum, definition.maximum),
    isCycling: statement.cycle ?? definition.isCycling,
  }
  requireSense(changed, writtenName(statement.name))
  const last = statement.start === undefined ? sequence.lastValue : null
  catalog.sequences.set(found.object.objectId, new Sequence(changed, last), context.log)
}

function restart({ start }: CreateSequenceStatement, definition: SequenceDefinition): bigint {
  return start === undefined || start === '' ? definition.start : BigInt(start)
}

function number(text: string | undefined, otherwise: bigint): bigint {
  return text === undefined || text === '' ? otherwise : BigInt(text)
}

function sequenceDefinition(
  statement: CreateSequenceStatement,
  database: MemoryDatabase,
): SequenceDefinition {
  const { type } = resolveType(statement.type ?? BIGINT, database)
  const name = writtenName(statement.name)
  if (LIMITS[type.name] === undefined && !isWholeDecimal(type)) {
    throw new SqlError(
      11702,
      `The sequence object '${name}' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a scale of 0, or any user-defined data type that is based on one of the above integer data types.`,
    )
  }
  const [lowest, highest] = limitsOf(type)
  const minimum = number(statement.minimum, lowest)
  const maximum = number(statement.maximum, highest)
  const increment = number(statement.increment, 1n)
  const start = number(statement.start, increment < 0n ? maximum : minimum)
  const isCycling = statement.cycle ?? false
  const definition = { type, start, increment, minimum, maximum, isCycling }
  requireSense(definition, name)
  return definition
}

function isWholeDecimal({ name, scale }: SqlType): boolean {
  return (name === 'decimal' || name === 'numeric') && scale === 0
}

function limitsOf({ name, precision }: SqlType): readonly [bigint, bigint] {
  const highest = 10n ** BigInt(precision) - 1n
  return LIMITS[name] ?? [-highest, highest]
}

function requireSense(definition: SequenceDefinition, name: string): void {
  const { increment, start, minimum, maximum } = definition
  if (increment === 0n) {
    throw new SqlError(11700, `The increment for sequence object '${name}' cannot be zero.`)
  }
  if (minimum >= maximum) {
    throw new SqlError(
      11705,
      `The minimum value for sequence object '${name}' must be less than its maximum value.`,
    )
  }
  if (start < minimum || start > maximum) {
    throw new SqlError(
      11703,
      `The start value for sequence object '${name}' must be between the minimum and maximum value of the sequence object.`,
    )
  }
}
