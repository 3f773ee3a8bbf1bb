import { SqlError } from '../../../sql-error.ts'
import type { Expression, GroupingItem } from '../../syntax/index.ts'
import type { Bound } from '../plan/bound.ts'
import { fingerprint } from '../plan/fingerprint.ts'
import { columnsUsed } from '../plan/walk.ts'
import { bindExpression } from './bind-expression.ts'
import { checkSortable } from './bind-sort-key.ts'
import type { Environment } from './environment.ts'
import type { Scope } from './scope.ts'

/** The different expressions of GROUP BY and the grouping sets as indexes into them. */
export interface GroupKeys {
  readonly expressions: readonly Bound[]
  readonly sets: readonly (readonly number[])[]
}

/** More sets than SQL Server allows in one GROUP BY. */
const MAX_GROUPING_SETS = 4096

/** @throws SqlError 164 (no column), 306, 10703 (too many sets) */
export function bindGroupKeys(
  groupBy: readonly GroupingItem[],
  environment: Environment & { readonly scope: Scope },
): GroupKeys {
  const expressions: Bound[] = []
  const prints = new Map<string, number>()
  const indexOf = (node: Expression): number => {
    const bound = bindKey(node, environment)
    const print = fingerprint(bound)
    const known = prints.get(print)
    if (known !== undefined) return known
    prints.set(print, expressions.length)
    expressions.push(bound)
    return expressions.length - 1
  }
  // Items side by side multiply: GROUP BY a, ROLLUP (b, c) is a with each set of the rollup.
  let sets: (readonly number[])[] = [[]]
  for (const item of groupBy) {
    const alternatives = setsOf(item, indexOf)
    sets = sets.flatMap((set) => alternatives.map((more) => [...new Set([...set, ...more])]))
    if (sets.length > MAX_GROUPING_SETS) {
      throw new SqlError(10703, 'Too many grouping sets. The maximum number is 4096.', {
        severity: 15,
      })
    }
  }
  return { expressions, sets }
}

function setsOf(
  item: GroupingItem,
  indexOf: (node: Expression) => number,
): readonly (readonly number[])[] {
  switch (item.kind) {
    case 'expression':
      return [[indexOf(item.expression)]]
    case 'set':
      return [item.expressions.map(indexOf)]
    case 'grouping-sets':
      return item.items.flatMap((inner) => setsOf(inner, indexOf))
    case 'rollup': {
      const parts = item.items.map((part) => part.map(indexOf))
      return [...parts.keys(), parts.length]
        .toReversed()
        .map((length) => parts.slice(0, length).flat())
    }
    case 'cube': {
      const parts = item.items.map((part) => part.map(indexOf))
      return subsets(parts)
    }
  }
}

/** All subsets, the full one first. */
function subsets(parts: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const [first, ...rest] = parts
  if (first === undefined) return [[]]
  const without = subsets(rest)
  return [...without.map((set) => [...first, ...set]), ...without]
}

function bindKey(node: Expression, environment: Environment & { readonly scope: Scope }): Bound {
  const bound = bindExpression(node, environment)
  checkSortable(bound.type, node.line)
  if ([...columnsUsed(bound)].some((column) => environment.scope.owns(column))) return bound
  throw new SqlError(
    164,
    'Each GROUP BY expression must contain at least one column that is not an outer reference.',
    { severity: 15, line: node.line },
  )
}
