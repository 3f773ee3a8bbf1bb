import { SqlError } from '../../sql-error.ts'
import type { QueryExpression, Statement } from './ast.ts'

/**
 * Every variable is declared before it is used, wherever control flow leads; `isDeclared` knows those that
 * are there before the first statement, with their `@`.
 * @throws SqlError 137, for a table 1087
 */
export function checkVariables(
  statements: readonly (Statement | QueryExpression)[],
  isDeclared: (name: string) => boolean,
): void {
  checkNode(statements, { names: new Set(), isDeclared, line: 1 })
}

interface Place {
  /** In lower case: the broadest of what collations compare. */
  readonly names: Set<string>
  readonly isDeclared: (name: string) => boolean
  /** Of the node around. */
  readonly line: number
}

/** Nodes are plain objects; the order of their properties is that of the text. */
function checkNode(node: unknown, place: Place): void {
  if (typeof node !== 'object' || node === null) return
  if (Array.isArray(node)) {
    for (const item of node) checkNode(item, place)
    return
  }
  const parts = node as Readonly<Record<string, unknown>>
  const { kind, name, line: own } = parts
  const line = typeof own === 'number' ? own : place.line
  const inner = { ...place, line }
  switch (kind) {
    case 'declare':
      checkDeclarations(node, inner)
      return
    case 'declare-table':
      place.names.add(`${name}`.toLowerCase())
      break
    case 'variable':
    case 'set-variable':
      requireName(`${name}`, inner, scalarMissing)
      break
    case 'table-variable':
      requireName(`${name}`, inner, tableMissing)
      break
    case 'fetch':
      checkInto(node, inner)
      break
    case 'execute':
      checkCall(node, inner)
      break
  }
  requireParts(parts, inner)
  for (const value of Object.values(node)) checkNode(value, inner)
}

/** The variable that SELECT or UPDATE assigns, and one that stands for a cursor. */
function requireParts(
  { variable, name, isGlobal }: Readonly<Record<string, unknown>>,
  place: Place,
): void {
  if (typeof variable === 'string') requireName(variable, place, scalarMissing)
  if (isGlobal === false && `${name}`.startsWith('@')) requireName(`${name}`, place, scalarMissing)
}

/** A variable's initial value may use those declared before it. */
function checkDeclarations(node: object, place: Place): void {
  const { variables } = node as Extract<Statement, { kind: 'declare' }>
  for (const { name, initial } of variables) {
    checkNode(initial, place)
    place.names.add(name.toLowerCase())
  }
}

function checkInto(node: object, place: Place): void {
  const { into = [] } = node as Extract<Statement, { kind: 'fetch' }>
  for (const name of into) requireName(name, place, scalarMissing)
}

function checkCall(node: object, place: Place): void {
  const { statusVariable, procedureVariable } = node as Extract<Statement, { kind: 'execute' }>
  for (const name of [statusVariable, procedureVariable]) {
    if (name !== undefined) requireName(name, place, scalarMissing)
  }
}

function requireName(
  name: string,
  { names, isDeclared, line }: Place,
  missing: (name: string, line: number) => SqlError,
): void {
  if (!names.has(name.toLowerCase()) && !isDeclared(name)) throw missing(name, line)
}

function scalarMissing(name: string, line: number): SqlError {
  return new SqlError(137, `Must declare the scalar variable "${name}".`, {
    severity: 15,
    state: 2,
    line,
  })
}

function tableMissing(name: string, line: number): SqlError {
  return new SqlError(1087, `Must declare the table variable "${name}".`, {
    severity: 15,
    state: 2,
    line,
  })
}
