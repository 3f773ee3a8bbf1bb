/**
 * The built-in functions and aggregates of T-SQL, by name.
 *
 * @module
 */
export type {
  Accumulator,
  AggregateFunction,
  ArgumentInfo,
  CallContext,
  ScalarFunction,
} from './contract.ts'
