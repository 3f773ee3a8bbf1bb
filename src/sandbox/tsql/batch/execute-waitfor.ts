import { setTimeout as delay } from 'node:timers/promises'
import { SqlDateTime, TICKS_PER_DAY } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { StatementCancelled } from '../query/index.ts'
import type { WaitforStatement } from '../syntax/index.ts'
import { convert, DATETIME, nvarcharType } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'
import { evaluate } from './evaluate.ts'
import type { Flow } from './execute-statements.ts'

const TICKS_PER_MS = 10_000
const MS_PER_DAY = TICKS_PER_DAY / TICKS_PER_MS

/** WAITFOR DELAY '0:0:5' and WAITFOR TIME '23:00'. */
export async function executeWaitfor(node: WaitforStatement, state: BatchState): Promise<Flow> {
  const milliseconds = await timeOfDay(node, state)
  await wait(
    node.mode === 'delay' ? milliseconds : untilTime(milliseconds, state.host.now()),
    state.signal,
  )
  state.slice.renew()
  state.host.session.rowCount = 0
  state.done()
  return 'next'
}

function untilTime(milliseconds: number, now: Date): number {
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  const wait = midnight + milliseconds - now.getTime()
  return wait < 0 ? wait + MS_PER_DAY : wait
}

/** @throws SqlError 148 for a text that is no time, 9815 for a date */
async function timeOfDay(
  { value: node, line }: WaitforStatement,
  state: BatchState,
): Promise<number> {
  const { type, value } = await evaluate(node, state)
  const text = value instanceof SqlDateTime ? undefined : `${value ?? ''}`.trim()
  if (text !== undefined && !/^[\d:.]+\s*(?:am|pm)?$/i.test(text)) throw badTime(text, line)
  try {
    const time =
      value instanceof SqlDateTime
        ? value
        : convert(value, value === null ? nvarcharType(2, type.collationId) : type, DATETIME)
    return time instanceof SqlDateTime ? time.ticks / TICKS_PER_MS : 0
  } catch (error) {
    if (error instanceof SqlError) throw badTime(text ?? '', line)
    throw error
  }
}

function badTime(text: string, line: number): SqlError {
  return new SqlError(148, `Incorrect time syntax in time string '${text}' used with WAITFOR.`, {
    severity: 15,
    line,
  })
}

/** @throws StatementCancelled when the signal aborts first */
async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal })
  } catch (error) {
    if (signal.aborted) throw new StatementCancelled('the wait was cancelled')
    throw error
  }
}
