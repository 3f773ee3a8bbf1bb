import { SqlError } from '../../sql-error.ts'
import type { GotoStatement, LabelStatement, Statement } from './ast.ts'
import { innerStatements } from './inner-statements.ts'

/** A TRY or CATCH block, and those around it; undefined outside all. */
interface TryScope {
  readonly outer: TryScope | undefined
}

interface Placed<Node> {
  readonly node: Node
  readonly scope: TryScope | undefined
}

interface Found {
  readonly labels: Placed<LabelStatement>[]
  readonly jumps: Placed<GotoStatement>[]
}

/** Label names are the same in any case. */
export function labelKey(name: string): string {
  return name.toLowerCase()
}

/**
 * Every GOTO of a batch or module has its label, every BREAK and CONTINUE its loop.
 * @throws SqlError 135, 136 (no loop), 132 (declared twice), 133 (not declared), 1026 (into a TRY or CATCH)
 */
export function checkLabels(statements: readonly Statement[]): void {
  const found: Found = { labels: [], jumps: [] }
  checkLoops(statements, false)
  collect(statements, undefined, found)
  const byName = new Map<string, Placed<LabelStatement>>()
  for (const label of found.labels) {
    const { name, line } = label.node
    if (byName.has(labelKey(name))) {
      throw failure(
        132,
        `The label '${name}' has already been declared. Label names must be unique within a query batch or stored procedure.`,
        line,
      )
    }
    byName.set(labelKey(name), label)
  }
  for (const { node, scope } of found.jumps) {
    const label = byName.get(labelKey(node.label))
    if (label === undefined) {
      throw failure(
        133,
        `A GOTO statement references the label '${node.label}' but the label has not been declared.`,
        node.line,
      )
    }
    if (!isAround(label.scope, scope)) {
      throw failure(1026, 'GOTO cannot be used to jump into a TRY or CATCH scope.', node.line)
    }
  }
}

function checkLoops(statements: readonly Statement[], isInLoop: boolean): void {
  for (const statement of statements) {
    const { kind, line } = statement
    if (!isInLoop && (kind === 'break' || kind === 'continue')) {
      throw failure(
        kind === 'break' ? 135 : 136,
        `Cannot use a ${kind.toUpperCase()} statement outside the scope of a WHILE statement.`,
        line,
      )
    }
    checkLoops(innerStatements(statement), isInLoop || kind === 'while')
  }
}

function collect(
  statements: readonly Statement[],
  scope: TryScope | undefined,
  found: Found,
): void {
  for (const statement of statements) {
    if (statement.kind === 'label') found.labels.push({ node: statement, scope })
    else if (statement.kind === 'goto') found.jumps.push({ node: statement, scope })
    else if (statement.kind === 'try') {
      collect(statement.body, { outer: scope }, found)
      collect(statement.catch, { outer: scope }, found)
    } else collect(innerStatements(statement), scope, found)
  }
}

function isAround(outer: TryScope | undefined, inner: TryScope | undefined): boolean {
  for (let scope = inner; scope !== undefined; scope = scope.outer) {
    if (scope === outer) return true
  }
  return outer === undefined
}

function failure(number: number, message: string, line: number): SqlError {
  return new SqlError(number, message, { severity: 15, line })
}
