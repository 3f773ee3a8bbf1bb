import { SqlError } from '../../../sql-error.ts'
import type { CommonTableExpression, QueryBody } from '../../syntax/index.ts'
import type { Column } from '../plan/column.ts'
import type { Plan, WorkTable } from '../plan/plan.ts'
import { bindBody, bindQuery } from './bind-query.ts'
import type { ChangeTarget } from './change-target.ts'
import { convertColumns } from './convert-columns.ts'
import type { Cte, CteScope, Environment } from './environment.ts'
import { nameColumns } from './name-columns.ts'
import { isSameName, nameKey } from './statement-context.ts'

/**
 * The names WITH brings in. Their queries are bound where they are used, each time anew.
 * @throws SqlError 239 when a name is defined twice
 */
export function bindCtes(
  definitions: readonly CommonTableExpression[],
  environment: Environment,
): CteScope | undefined {
  const names = new Set<string>()
  let ctes = environment.ctes
  for (const definition of definitions) {
    const key = nameKey(definition.name, environment.statement)
    if (names.has(key)) {
      throw new SqlError(
        239,
        `Duplicate common table expression name '${definition.name}' was specified.`,
        {
          line: definition.line,
        },
      )
    }
    names.add(key)
    ctes = { cte: { definition, outer: ctes }, outer: ctes }
  }
  return ctes
}

/** A reference to a common table expression in FROM. */
export function bindCteReference(
  cte: Cte,
  { statement }: Environment,
  changing?: ChangeTarget,
): { readonly plan: Plan; readonly columns: readonly Column[] } {
  const { definition, recursion } = cte
  if (recursion !== undefined) {
    const columns = recursion.columns.map(({ name, type }) =>
      statement.columns.create({ name, type }),
    )
    return { plan: { kind: 'work-table', columns, workTable: recursion.workTable }, columns }
  }
  const inner: Environment = { statement, scope: undefined, ctes: cte.outer, clause: 'from' }
  const parts = recursiveParts(cte, inner)
  if (parts !== undefined) return bindRecursive(cte, parts, inner)
  const bound = bindQuery(definition.query, { ...inner, changing }, { position: 'table' })
  nameColumns(bound.columns, definition, statement)
  return bound
}

interface RecursiveParts {
  readonly anchors: readonly QueryBody[]
  readonly steps: readonly QueryBody[]
}

/** UNION ALL of queries some of which name the expression itself; undefined when none does. */
function recursiveParts(
  { definition }: Cte,
  { statement }: Environment,
): RecursiveParts | undefined {
  const isStep = (body: QueryBody): boolean =>
    mentionsTable(body, (name) => isSameName(name, definition.name, statement))
  if (!isStep(definition.query.body)) return undefined
  const operands = unionOperands(definition.query.body)
  const steps = operands.filter(isStep)
  const anchors = operands.filter((operand) => !steps.includes(operand))
  if (anchors.length > 0) return { anchors, steps }
  throw new SqlError(
    252,
    `Recursive common table expression '${definition.name}' does not contain a top-level UNION ALL operator.`,
    { line: definition.line },
  )
}

function unionOperands(body: QueryBody): readonly QueryBody[] {
  if (body.kind === 'nested') return unionOperands(body.query.body)
  if (body.kind !== 'set-operation' || body.operator !== 'union-all') return [body]
  return [...unionOperands(body.left), ...unionOperands(body.right)]
}

/** Whether a table without a schema of such a name is somewhere in the tree. */
function mentionsTable(node: unknown, isName: (name: string) => boolean): boolean {
  if (typeof node !== 'object' || node === null) return false
  if ('kind' in node && node.kind === 'table' && 'name' in node) {
    const { name } = node
    if (typeof name === 'object' && name !== null && 'schema' in name && 'name' in name) {
      return name.schema === '' && typeof name.name === 'string' && isName(name.name)
    }
  }
  return Object.values(node).some((child) => mentionsTable(child, isName))
}

const NO_TAIL = { orderBy: [] } as const

function bindRecursive(
  cte: Cte,
  { anchors, steps }: RecursiveParts,
  environment: Environment,
): { plan: Plan; columns: readonly Column[] } {
  const { statement } = environment
  const [first, ...rest] = anchors.map((body) => bindBody(body, NO_TAIL, environment))
  if (first === undefined) throw new TypeError('a recursive query has an anchor')
  nameColumns(first.columns, cte.definition, statement)
  const columns = first.columns.map(({ name, type }) => statement.columns.create({ name, type }))
  const workTable: WorkTable = { rows: [] }
  const inside: Environment = {
    ...environment,
    ctes: { cte: { ...cte, recursion: { columns, workTable } }, outer: cte.outer },
  }
  const bound = steps.map((body) => bindBody(body, NO_TAIL, inside))
  for (const step of bound) checkStepColumns(columns, step.columns, cte.definition)
  const combined = (parts: readonly { plan: Plan; columns: readonly Column[] }[]): Plan => ({
    kind: 'union',
    columns: columns.map(({ name, type }) => statement.columns.create({ name, type })),
    inputs: parts.map((part) => convertColumns(part, columns, statement)),
  })
  const plan: Plan = {
    kind: 'recursive',
    columns,
    anchor: combined([first, ...rest]),
    step: combined(bound),
    workTable,
    maxRecursion: statement.maxRecursion,
  }
  return { plan, columns }
}

/** @throws SqlError 205, 240 */
function checkStepColumns(
  columns: readonly Column[],
  stepColumns: readonly Column[],
  { name, line }: CommonTableExpression,
): void {
  if (columns.length !== stepColumns.length) {
    throw new SqlError(
      205,
      'All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.',
      { line },
    )
  }
  for (const [index, column] of columns.entries()) {
    const step = stepColumns[index]
    if (step === undefined || step.isNullLiteral || step.type.name === column.type.name) continue
    throw new SqlError(
      240,
      `Types don't match between the anchor and the recursive part in column "${column.name}" of recursive query "${name}".`,
      { line },
    )
  }
}
