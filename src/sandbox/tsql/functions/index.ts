/**
 * The built-in functions and aggregates of T-SQL, by name.
 *
 * @module
 */
import { AGGREGATES } from './aggregates.ts'
import { CATALOG_FUNCTIONS } from './catalog.ts'
import type { AggregateFunction, ScalarFunction } from './contract.ts'
import { DATE_FUNCTIONS } from './date.ts'
import { DATE_FROM_PARTS_FUNCTIONS } from './date-from-parts.ts'
import { FORMAT_FUNCTIONS } from './format.ts'
import { JSON_FUNCTIONS } from './json-functions.ts'
import { MATH_FUNCTIONS } from './math.ts'
import { METADATA_FUNCTIONS } from './metadata.ts'
import { OTHER_FUNCTIONS } from './other.ts'
import { PROPERTY_FUNCTIONS } from './properties.ts'
import { SECURITY_FUNCTIONS } from './security.ts'
import { STRING_FUNCTIONS } from './string.ts'
import { STRING_BUILD_FUNCTIONS } from './string-build.ts'
import { STRING_CODE_FUNCTIONS } from './string-code.ts'
import { STRING_SEARCH_FUNCTIONS } from './string-search.ts'

export type {
  Accumulator,
  AggregateFunction,
  ArgumentInfo,
  CallContext,
  ScalarFunction,
} from './contract.ts'

export { findLanguage, type Language } from './language.ts'
export { assumedInZone, movedToZone, timeZone } from './time-zone.ts'

const SCALAR_FUNCTIONS: ReadonlyMap<string, ScalarFunction> = new Map(
  [
    CATALOG_FUNCTIONS,
    DATE_FUNCTIONS,
    DATE_FROM_PARTS_FUNCTIONS,
    FORMAT_FUNCTIONS,
    JSON_FUNCTIONS,
    MATH_FUNCTIONS,
    METADATA_FUNCTIONS,
    OTHER_FUNCTIONS,
    PROPERTY_FUNCTIONS,
    SECURITY_FUNCTIONS,
    STRING_FUNCTIONS,
    STRING_BUILD_FUNCTIONS,
    STRING_CODE_FUNCTIONS,
    STRING_SEARCH_FUNCTIONS,
  ].flatMap(Object.entries),
)

/** A built-in scalar function by its name in any case. */
export function findScalarFunction(name: string): ScalarFunction | undefined {
  return SCALAR_FUNCTIONS.get(name.toUpperCase())
}

/** A built-in aggregate by its name in any case. */
export function findAggregate(name: string): AggregateFunction | undefined {
  const known = name.toUpperCase()
  return Object.hasOwn(AGGREGATES, known) ? AGGREGATES[known] : undefined
}
