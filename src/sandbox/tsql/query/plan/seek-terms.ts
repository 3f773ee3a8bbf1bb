import type { ComparisonOperator } from '../../syntax/index.ts'
import type { Bound, BoundComparison, BoundLike, BoundPredicate } from './bound.ts'
import type { Column } from './column.ts'
import { columnBehind, type SeekValue, seekValue } from './seek-value.ts'
import { columnsUsed, isDeterministic, maySuspend } from './walk.ts'

/** What a condition says of one column, as far as an index can use it. */
export type SeekTerm =
  | { readonly kind: 'equal' | 'low' | 'high'; readonly column: Column; readonly value: SeekValue }
  /** One of several values. */
  | { readonly kind: 'any'; readonly column: Column; readonly values: readonly SeekValue[] }

/** What of a condition an index with columns of `own` can use. */
export function seekTermsOf(
  predicate: BoundPredicate,
  own: ReadonlySet<Column>,
): readonly SeekTerm[] {
  switch (predicate.kind) {
    case 'comparison':
      return [
        ...comparisonTerms(predicate, predicate.operator, own),
        ...comparisonTerms(mirrored(predicate), MIRRORED[predicate.operator], own),
      ]
    case 'in-list':
      return anyTerms(predicate.operand, predicate.candidates, own)
    case 'like':
      return likeTerms(predicate, own)
    default:
      return []
  }
}

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

const KINDS: Readonly<Partial<Record<ComparisonOperator, 'equal' | 'low' | 'high'>>> = {
  '=': 'equal',
  '<': 'high',
  '<=': 'high',
  '>': 'low',
  '>=': 'low',
}

function mirrored({ left, right }: BoundComparison): Pick<BoundComparison, 'left' | 'right'> {
  return { left: right, right: left }
}

function comparisonTerms(
  { left, right }: Pick<BoundComparison, 'left' | 'right'>,
  operator: ComparisonOperator,
  own: ReadonlySet<Column>,
): SeekTerm[] {
  const kind = KINDS[operator]
  const column = columnBehind(left)
  if (kind === undefined || column === undefined || !own.has(column)) return []
  const value = isFixed(right, own) ? seekValue(column, right) : undefined
  return value === undefined ? [] : [{ kind, column, value }]
}

/** Whether the expression has one value while the table is read. */
function isFixed(node: Bound, own: ReadonlySet<Column>): boolean {
  if (maySuspend(node) || !isDeterministic(node)) return false
  return [...columnsUsed(node)].every((column) => !own.has(column))
}

function anyTerms(
  operand: Bound,
  candidates: readonly Bound[],
  own: ReadonlySet<Column>,
): SeekTerm[] {
  const column = columnBehind(operand)
  if (column === undefined || !own.has(column)) return []
  const values: SeekValue[] = []
  for (const candidate of candidates) {
    const value = isFixed(candidate, own) ? seekValue(column, candidate) : undefined
    if (value === undefined) return []
    values.push(value)
  }
  return [{ kind: 'any', column, values }]
}

/** LIKE 'abc%': from abc to abd. */
function likeTerms({ operand, pattern, ...rest }: BoundLike, own: ReadonlySet<Column>): SeekTerm[] {
  const column = columnBehind(operand)
  const isText = pattern.kind === 'constant' && typeof pattern.value === 'string'
  if (column === undefined || !own.has(column) || !isText || rest.escape !== undefined) return []
  const prefix = /^[0-9A-Za-z]+/.exec(`${pattern.value}`)?.[0]
  if (prefix === undefined) return []
  const term = (kind: 'low' | 'high', text: string): SeekTerm[] => {
    const value = seekValue(column, { ...pattern, value: text })
    return value === undefined ? [] : [{ kind, column, value }]
  }
  const next = textBehind(prefix)
  return [...term('low', prefix), ...(next === undefined ? [] : term('high', next))]
}

/** The first text, by the letter, that no text with the prefix comes after. */
function textBehind(prefix: string): string | undefined {
  const last = prefix.at(-1)?.toLowerCase()
  if (last === undefined) return undefined
  if (last === 'z') return textBehind(prefix.slice(0, -1))
  const next = last === '9' ? 'a' : String.fromCharCode(last.charCodeAt(0) + 1)
  return prefix.slice(0, -1) + next
}
