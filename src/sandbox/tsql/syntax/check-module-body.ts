import { SqlError } from '../../sql-error.ts'
import type { SelectStatement, Statement } from './ast.ts'
import { innerStatements } from './inner-statements.ts'

/**
 * A function changes nothing but its own variables and answers nothing but its result.
 * @throws SqlError 443, 444, 178, 455, 2772
 */
export function checkFunctionBody(
  statements: readonly Statement[],
  { isTable }: { readonly isTable: boolean },
): void {
  for (const statement of statements) checkFunctionStatement(statement, isTable)
  const last = statements.at(-1)
  if (last?.kind === 'return') return
  throw failure(
    455,
    'The last statement included within a function must be a return statement.',
    last?.line ?? 1,
    2,
  )
}

/** RETURN has no value where nobody takes it: in batches, triggers and table functions. @throws SqlError 178 */
export function refuseReturnValues(statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (statement.kind === 'return' && statement.value !== undefined) {
      throw failure(
        178,
        'A RETURN statement with a return value cannot be used in this context.',
        statement.line,
      )
    }
    refuseReturnValues(innerStatements(statement))
  }
}

function checkFunctionStatement(statement: Statement, isTable: boolean): void {
  const { kind, line } = statement
  switch (kind) {
    case 'return':
      if (isTable) refuseReturnValues([statement])
      return
    case 'select-statement':
      checkSelect(statement)
      return
    case 'insert':
    case 'update':
    case 'delete':
    case 'merge':
      checkChange(statement)
      return
    case 'fetch':
      if (statement.into === undefined) throw noAnswer(line)
      return
    case 'execute':
      if (statement.text !== undefined) throw sideEffect('EXECUTE STRING', line)
      return
    default: {
      const operator = OPERATORS[kind]
      if (operator !== undefined) throw sideEffect(operator, line)
      if (!ALLOWED.has(kind)) throw sideEffect(kind.replaceAll('-', ' ').toUpperCase(), line)
      for (const inner of innerStatements(statement)) checkFunctionStatement(inner, isTable)
    }
  }
}

const ALLOWED: ReadonlySet<Statement['kind']> = new Set([
  'declare',
  'declare-table',
  'declare-cursor',
  'set-variable',
  'set-cursor',
  'open-cursor',
  'close-cursor',
  'deallocate-cursor',
  'if',
  'while',
  'block',
  'break',
  'continue',
  'goto',
  'label',
])

/** As error 443 names them where their kinds do not say it. */
const OPERATORS: Partial<Record<Statement['kind'], string>> = {
  try: 'BEGIN TRY',
  transaction: 'BEGIN TRANSACTION',
  'set-option': 'SET OPTION ON',
  'create-table': 'CREATE TABLE',
  truncate: 'TRUNCATE TABLE',
  drop: 'DROP OBJECT',
}

function checkSelect({ query: { body }, line }: SelectStatement): void {
  if (body.kind === 'select' && body.into !== undefined) throw sideEffect('SELECT INTO', line)
  const assigns = body.kind === 'select' && body.items.some(({ kind }) => kind === 'assignment')
  if (!assigns) throw noAnswer(line)
}

function checkChange(
  statement: Extract<Statement, { kind: 'insert' | 'update' | 'delete' | 'merge' }>,
): void {
  const { kind, target, line, output } = statement
  if (output !== undefined && (output.into === undefined || output.toClient !== undefined)) {
    throw noAnswer(line)
  }
  if (kind === 'insert' && statement.source.kind === 'execute') {
    throw sideEffect('INSERT EXEC', line)
  }
  if (target.kind === 'table-variable') return
  if (target.name.name.startsWith('#')) {
    throw failure(2772, 'Cannot access temporary tables from within a function.', line)
  }
  const from = kind === 'update' || kind === 'delete' ? statement.from : []
  if (from.length === 0) throw sideEffect(kind.toUpperCase(), line)
}

function noAnswer(line: number): SqlError {
  return failure(
    444,
    'Select statements included within a function cannot return data to a client.',
    line,
    2,
  )
}

function sideEffect(operator: string, line: number): SqlError {
  return failure(
    443,
    `Invalid use of a side-effecting operator '${operator}' within a function.`,
    line,
    15,
  )
}

function failure(number: number, message: string, line: number, state = 1): SqlError {
  const severity = number === 178 ? 15 : 16
  return new SqlError(number, message, { severity, state, line })
}
