import { SqlError } from '../../sql-error.ts'
import type {
  Expression,
  PrintStatement,
  RaiserrorStatement,
  ThrowStatement,
} from '../syntax/index.ts'
import { INT, nvarcharType } from '../values/index.ts'
import { BatchEnded } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { evaluate } from './evaluate.ts'
import { type Flow, reportError } from './execute-statements.ts'
import { formatMessage } from './format-message.ts'
import { settleTransaction } from './transaction-errors.ts'

const MAX_PRINT_LENGTH = 8000

async function textOf(expression: Expression, state: BatchState): Promise<string | undefined> {
  const type = nvarcharType(-1, state.host.session.collationId)
  const { value } = await evaluate(expression, state, { type })
  return value === null ? undefined : `${value}`
}

async function numberOf(expression: Expression, state: BatchState): Promise<number> {
  return Number((await evaluate(expression, state, { type: INT })).value ?? 0)
}

/** PRINT: an information message without a number. */
export async function executePrint(node: PrintStatement, state: BatchState): Promise<Flow> {
  const text = (await textOf(node.value, state)) ?? ' '
  state.out.info({
    number: 0,
    severity: 0,
    state: 1,
    message: text.slice(0, MAX_PRINT_LENGTH),
    line: node.line,
    procedure: state.procedure?.name ?? '',
  })
  state.host.session.rowCount = 0
  state.isDone = false
  return 'next'
}

/** THROW ends the batch; without arguments it raises the caught error again. */
export async function executeThrow(node: ThrowStatement, state: BatchState): Promise<Flow> {
  const error =
    node.error === undefined ? caughtError(state) : await newError(node.error, node, state)
  if (state.isGuarded) throw error
  settleTransaction(error, { isCaught: false, isRaised: false }, state)
  reportError(error, state)
  throw new BatchEnded()
}

function caughtError(state: BatchState): SqlError {
  if (state.caught !== undefined) return state.caught.error
  return new SqlError(
    10704,
    'To rethrow an error, a THROW statement must be used inside a CATCH block. Insert the THROW statement inside a CATCH block, or add error parameters to the THROW statement.',
    { severity: 15 },
  )
}

async function newError(
  { number, message, state: stateNumber }: NonNullable<ThrowStatement['error']>,
  { line }: ThrowStatement,
  state: BatchState,
): Promise<SqlError> {
  const value = await numberOf(number, state)
  if (value < 50_000) {
    return new SqlError(
      35100,
      `Error number ${value} in the THROW statement is outside the valid range. Specify an error number in the valid range of 50000 to 2147483647.`,
      { line },
    )
  }
  return new SqlError(value, (await textOf(message, state)) ?? '', {
    state: await numberOf(stateNumber, state),
    line,
  })
}

const USER_MESSAGE = 50_000
const LAST_INFORMATION_SEVERITY = 10

/** RAISERROR: information up to severity 10, an error the batch goes on after above it. */
export async function executeRaiserror(node: RaiserrorStatement, state: BatchState): Promise<Flow> {
  const severity = await numberOf(node.severity, state)
  const stateNumber = await numberOf(node.state, state)
  if (severity > 18 && !node.options.includes('LOG')) {
    throw new SqlError(
      2754,
      'Error severity levels greater than 18 can only be specified by members of the sysadmin role, using the WITH LOG option.',
    )
  }
  const template = await evaluate(node.message, state)
  if (typeof template.value === 'number') throw unknownMessage(template.value)
  const values = []
  for (const argument of node.arguments) values.push(await evaluate(argument, state))
  const message = formatMessage(`${template.value ?? ''}`, values)
  const raised = {
    severity: Math.max(severity, 0),
    state: Math.abs(stateNumber) % 256,
    line: node.line,
  }
  if (severity <= LAST_INFORMATION_SEVERITY) {
    const number = node.options.includes('SETERROR') ? USER_MESSAGE : 0
    state.out.info({
      number: USER_MESSAGE,
      message,
      procedure: state.procedure?.name ?? '',
      ...raised,
    })
    state.isDone = false
    state.host.session.errorNumber = number
    return 'next'
  }
  throw new SqlError(USER_MESSAGE, message, raised)
}

function unknownMessage(number: number): SqlError {
  return new SqlError(
    18054,
    `Error ${number}, severity 16, state 1 was raised, but no message with that error number was found in sys.messages. If error is larger than 50000, make sure the user-defined message is added using sp_addmessage.`,
  )
}
