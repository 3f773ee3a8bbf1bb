import { SqlError } from '../../../sql-error.ts'
import type { NamedTable, TableReference, TableVariable, WriteTarget } from '../../syntax/index.ts'
import { isSameName, type StatementContext } from '../bind/statement-context.ts'

/**
 * The reference in FROM that the target of UPDATE or DELETE means: by its alias, or by its name;
 * undefined when FROM does not have it.
 * @throws SqlError 8154 when several could be meant
 */
export function findReference(
  target: WriteTarget,
  from: readonly TableReference[],
  statement: StatementContext,
): NamedTable | TableVariable | undefined {
  const candidates = from.flatMap(leaves)
  const same = (left: string, right: string) => isSameName(left, right, statement)
  if (target.kind === 'table-variable') {
    return candidates.find(
      ({ kind, name }) => kind === 'table-variable' && same(`${name}`, target.name),
    )
  }
  const { name } = target
  const isBare = name.schema === '' && name.database === ''
  const aliased = candidates.filter(({ alias }) => alias !== undefined && same(alias, name.name))
  if (isBare && aliased[0] !== undefined) return aliased[0]
  const named = candidates.filter((candidate): candidate is NamedTable => {
    if (candidate.kind !== 'table' || !same(candidate.name.name, name.name)) return false
    const { schema } = candidate.name
    return name.schema === '' || same(schema || 'dbo', name.schema)
  })
  const plain = named.filter(({ alias }) => alias === undefined)
  const [only, ...others] = plain.length > 0 ? plain : named
  if (others.length === 0) return only
  throw new SqlError(8154, `The table '${name.name}' is ambiguous.`, { line: target.line })
}

/** The tables that are joined, without those inside derived tables. */
function leaves(reference: TableReference): (NamedTable | TableVariable)[] {
  if (reference.kind === 'join') return [...leaves(reference.left), ...leaves(reference.right)]
  return reference.kind === 'table' || reference.kind === 'table-variable' ? [reference] : []
}
