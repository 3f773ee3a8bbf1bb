import { SqlError } from '../../sql-error.ts'
import { DONE_COMMANDS, type ResultSink, type RpcCall, type RpcParameter } from '../../tds/index.ts'
import type { ServerCursor } from '../../tsql/index.ts'
import { ApiCursor, FETCH_TYPES, type FetchWish } from './api-cursor.ts'
import { bindParameters, type SentValues } from './bind-parameters.ts'
import { changeByCursor } from './change-by-cursor.ts'
import { describeColumns } from './describe-columns.ts'
import type { PreparedStatement } from './prepared-statements.ts'
import {
  handleOf,
  INT,
  integerOf,
  RETURN_METADATA,
  type RpcContext,
  type RpcProcedure,
  statementOf,
} from './rpc-arguments.ts'

/** @scrollopt: the kind of cursor, then what else is wanted. */
const SCROLL = {
  keyset: 0x01,
  dynamic: 0x02,
  forwardOnly: 0x04,
  static: 0x08,
  fastForward: 0x10,
  kinds: 0x1f,
  parameterized: 0x1000,
  autoFetch: 0x2000,
  autoClose: 0x4000,
} as const

/** @ccopt. */
const CONCURRENCY = { readOnly: 0x01, scrollLocks: 0x02, optimistic: 0x04, kinds: 0x0f } as const

const DEFAULT_FETCH_ROWS = 20
/** Return status of an open whose rows were all sent: the cursor is closed already. */
const AUTO_CLOSED = 0x10

/** Return status of a fetch whose block would have begun before the result. */
const ADJUSTED = 2

/** Codes of sp_cursoroption that ask something. */
const OPTION_CODES = { scrollOptions: 4, concurrency: 5, rowCount: 6 } as const

/** Server cursors for client libraries, [MS-TDS] 2.2.6.6; not those of DECLARE CURSOR. */
export const CURSOR_PROCEDURES: Readonly<Record<string, RpcProcedure>> = {
  sp_cursoropen: open,
  sp_cursorprepare: prepare,
  sp_cursorexecute: execute,
  sp_cursorprepexec: prepareAndExecute,
  sp_cursorunprepare: unprepare,
  sp_cursorfetch: fetch,
  sp_cursor: changeByCursor,
  sp_cursoroption: option,
  sp_cursorclose: close,
}

/** The parameters that an opened cursor's values are returned in. */
interface OpenParameters {
  readonly call: RpcCall
  /** Positions of cursor, scrollopt, ccopt and rowcount. */
  readonly cursor: number
  readonly scroll: number
  readonly concurrency: number
  readonly rowCount: number
}

/** cursor OUT, statement, scrollopt OUT, ccopt OUT, rowcount OUT, declarations, values … */
async function open(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const [, text, scroll, , , declarations] = call.parameters
  const isParameterized = ((integerOf(scroll) ?? 0) & SCROLL.parameterized) !== 0
  const statement = statementOf(text, isParameterized ? declarations : undefined, 'sp_cursoropen')
  const values = isParameterized ? call.parameters.slice(6) : []
  const parameters = { call, cursor: 0, scroll: 2, concurrency: 3, rowCount: 4 }
  await openCursor(statement, { values, firstOrdinal: 6 }, parameters, { out, context })
}

/** handle OUT, declarations, statement, options, scrollopt OUT, ccopt OUT */
async function prepare(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const [handle, declarations, text, options, scroll, concurrency] = call.parameters
  const statement = statementOf(text, declarations, 'sp_cursorprepare')
  const wantsColumns = ((integerOf(options) ?? 0) & RETURN_METADATA) !== 0
  if (wantsColumns) await describeColumns(statement, out, context)
  out.returnStatus(0)
  out.returnValue(0, handle?.name ?? '', INT, context.prepared.add(statement))
  returnInteger(out, scroll, 4, (integerOf(scroll) ?? SCROLL.keyset) & SCROLL.kinds)
  returnInteger(out, concurrency, 5, integerOf(concurrency) ?? CONCURRENCY.readOnly)
}

/** handle, cursor OUT, scrollopt OUT, ccopt OUT, rowcount OUT, values … */
async function execute(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const statement = context.prepared.get(handleOf(call.parameters[0], 'sp_cursorexecute'))
  const sent = { values: call.parameters.slice(5), firstOrdinal: 5 }
  const parameters = { call, cursor: 1, scroll: 2, concurrency: 3, rowCount: 4 }
  await openCursor(statement, sent, parameters, { out, context })
}

/** handle OUT, cursor OUT, declarations, statement, scrollopt OUT, ccopt OUT, rowcount OUT, values … */
async function prepareAndExecute(
  call: RpcCall,
  out: ResultSink,
  context: RpcContext,
): Promise<void> {
  const [handle, , declarations, text] = call.parameters
  const statement = statementOf(text, declarations, 'sp_cursorprepexec')
  const added = context.prepared.add(statement)
  const sent = { values: call.parameters.slice(7), firstOrdinal: 7 }
  const parameters = { call, cursor: 1, scroll: 4, concurrency: 5, rowCount: 6 }
  await openCursor(statement, sent, parameters, {
    out,
    context,
    returnHandle: () => out.returnValue(0, handle?.name ?? '', INT, added),
  })
}

async function unprepare(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  context.prepared.remove(handleOf(call.parameters[0], 'sp_cursorunprepare'))
  out.returnStatus(0)
}

async function openCursor(
  statement: PreparedStatement,
  sent: SentValues,
  places: OpenParameters,
  {
    out,
    context,
    returnHandle,
  }: {
    readonly out: ResultSink
    readonly context: RpcContext
    readonly returnHandle?: () => void
  },
): Promise<void> {
  const { call } = places
  const at = (place: number): RpcParameter | undefined => call.parameters[place]
  const scroll = integerOf(at(places.scroll)) ?? SCROLL.keyset
  const wantedConcurrency = integerOf(at(places.concurrency)) ?? CONCURRENCY.readOnly
  const { host, signal } = context
  const { ServerCursor } = await import('../../tsql/index.ts')
  const bound = await bindParameters(statement.declarations, sent, host)
  const cursor = await ServerCursor.open(statement.text, host, {
    parameters: bound.scalars.map(({ parameter }) => parameter),
    model: modelOf(scroll),
    isForwardOnly: (scroll & (SCROLL.forwardOnly | SCROLL.fastForward)) !== 0,
    concurrency: concurrencyOf(scroll, wantedConcurrency),
    signal,
  })
  const opened = new ApiCursor(cursor)
  const isClosed = await sendFirstRows(opened, scroll, integerOf(at(places.rowCount)), out, signal)
  const handle = isClosed ? 0 : context.cursors.add(opened)
  out.returnStatus(isClosed ? AUTO_CLOSED : 0)
  returnHandle?.()
  returnInteger(out, at(places.cursor), places.cursor, handle)
  returnInteger(out, at(places.scroll), places.scroll, scrollOf(scroll, cursor))
  const concurrency = concurrencyBits(wantedConcurrency, cursor)
  returnInteger(out, at(places.concurrency), places.concurrency, concurrency)
  returnInteger(out, at(places.rowCount), places.rowCount, cursor.rowCount)
}

/** The columns, and the first rows with AUTO_FETCH. @returns whether AUTO_CLOSE has closed the cursor */
async function sendFirstRows(
  opened: ApiCursor,
  scroll: number,
  wanted: number | undefined,
  out: ResultSink,
  signal: AbortSignal,
): Promise<boolean> {
  if ((scroll & SCROLL.autoFetch) === 0) {
    opened.describe(out)
    out.doneInProc({ rowCount: 0, command: DONE_COMMANDS.select })
    return false
  }
  const rowCount = wanted !== undefined && wanted > 0 ? wanted : DEFAULT_FETCH_ROWS
  const wish = { type: FETCH_TYPES.next, rowNumber: 0, rowCount }
  const { count, isAtEnd } = await opened.fetch(wish, out, signal)
  out.doneInProc({ rowCount: count, command: DONE_COMMANDS.select })
  const isClosed = isAtEnd && (scroll & SCROLL.autoClose) !== 0
  if (isClosed) opened.cursor.close()
  return isClosed
}

function modelOf(scroll: number): 'static' | 'keyset' | 'dynamic' {
  if ((scroll & SCROLL.static) !== 0) return 'static'
  const isDynamic = (scroll & (SCROLL.dynamic | SCROLL.forwardOnly | SCROLL.fastForward)) !== 0
  return isDynamic ? 'dynamic' : 'keyset'
}

function concurrencyOf(
  scroll: number,
  wanted: number,
): 'read-only' | 'scroll-locks' | 'optimistic' {
  if ((scroll & SCROLL.fastForward) !== 0 || (wanted & CONCURRENCY.readOnly) !== 0) {
    return 'read-only'
  }
  return (wanted & CONCURRENCY.scrollLocks) !== 0 ? 'scroll-locks' : 'optimistic'
}

/** What the cursor has become, in the bits of @scrollopt. */
function scrollOf(wanted: number, { settings }: ServerCursor): number {
  const asked = wanted & SCROLL.kinds
  if (settings.isForwardOnly) return asked === 0 ? SCROLL.forwardOnly : asked
  return SCROLL[settings.model]
}

/** What the cursor has become, in the bits of @ccopt. */
function concurrencyBits(wanted: number, { settings, table }: ServerCursor): number {
  if (settings.concurrency === 'read-only' || table === undefined) return CONCURRENCY.readOnly
  if (settings.concurrency === 'scroll-locks') return CONCURRENCY.scrollLocks
  return wanted & CONCURRENCY.kinds || CONCURRENCY.optimistic
}

/** cursor, fetchtype, rownum OUT, nrows OUT */
async function fetch(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const [handle, fetchType, rowNumber, rowCount] = call.parameters
  const opened = context.cursors.get(handleOf(handle, 'sp_cursorfetch'), 'sp_cursorfetch')
  const type = integerOf(fetchType) ?? FETCH_TYPES.next
  if ((type & FETCH_TYPES.info) !== 0) {
    out.returnStatus(0)
    returnInteger(out, rowNumber, 2, opened.rowNumber)
    returnInteger(out, rowCount, 3, opened.cursor.rowCount)
    return
  }
  const wish: FetchWish = {
    type: knownFetchType(type),
    rowNumber: integerOf(rowNumber) ?? 1,
    rowCount: Math.max(integerOf(rowCount) ?? DEFAULT_FETCH_ROWS, 0),
  }
  const { count, isAdjusted } = await opened.fetch(wish, out, context.signal)
  out.doneInProc({ rowCount: count, command: DONE_COMMANDS.select })
  out.returnStatus(isAdjusted ? ADJUSTED : 0)
}

/** Without the bits that say how, such as SKIP_UPDT_CNCY. @throws SqlError 16902 */
function knownFetchType(type: number): number {
  const { first, next, previous, last, absolute, relative, refresh } = FETCH_TYPES
  const known = [first, next, previous, last, absolute, relative, refresh].find(
    (bit) => (type & bit) !== 0,
  )
  if (known !== undefined) return known
  throw new SqlError(16902, "sp_cursorfetch: The value of the parameter 'fetchtype' is invalid.", {
    procedure: 'sp_cursorfetch',
  })
}

/** cursor, code, value OUT */
async function option(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  const [handle, code, value] = call.parameters
  const { cursor } = context.cursors.get(handleOf(handle, 'sp_cursoroption'), 'sp_cursoroption')
  out.returnStatus(0)
  switch (integerOf(code)) {
    case OPTION_CODES.scrollOptions:
      return returnInteger(out, value, 2, scrollOf(0, cursor))
    case OPTION_CODES.concurrency:
      return returnInteger(out, value, 2, concurrencyBits(0, cursor))
    case OPTION_CODES.rowCount:
      return returnInteger(out, value, 2, cursor.rowCount)
    default:
      // A name, or whether texts come as pointers: nothing that a client would miss.
      return
  }
}

async function close(call: RpcCall, out: ResultSink, context: RpcContext): Promise<void> {
  context.cursors.close(handleOf(call.parameters[0], 'sp_cursorclose'), 'sp_cursorclose')
  out.returnStatus(0)
}

function returnInteger(
  out: ResultSink,
  parameter: RpcParameter | undefined,
  ordinal: number,
  value: number,
): void {
  if (parameter?.isOutput === true) out.returnValue(ordinal, parameter.name, INT, value)
}
