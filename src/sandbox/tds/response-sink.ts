import type { SqlType, SqlValue } from '../../mdf/index.ts'
import type { SqlError, SqlMessage } from '../sql-error.ts'
import type {
  ColumnOrigins,
  DoneOptions,
  EnvironmentChange,
  ResultColumn,
  ResultSink,
  ReturnValueKind,
} from './backend.ts'
import type { MessageWriter } from './message-writer.ts'
import type { Protocol } from './protocol.ts'
import { writeColumnMetadata } from './tokens/column-metadata.ts'
import { writeColumnOrigins } from './tokens/column-origins.ts'
import { DONE_STATUS, type DoneKind, writeDone } from './tokens/done.ts'
import { writeEnvironmentChange, writeResetAcknowledged } from './tokens/environment-change.ts'
import { writeMessage } from './tokens/message.ts'
import { writeReturnStatus, writeReturnValue } from './tokens/return-value.ts'
import { TOKEN_TYPES } from './tokens/token-type.ts'
import { wireColumn } from './types/down-level.ts'
import type { ValueWriter } from './types/value-writer.ts'

const FATAL_SEVERITY = 20
const INFORMATION_SEVERITY = 10

/** What a connection lends to the answer of one request. */
export interface ResponseContext {
  readonly writer: MessageWriter
  readonly protocol: Protocol
  readonly serverName: string
  /** Whether a transaction is open; kept from one request to the next. */
  readonly transaction: { isOpen: boolean }
  /** Resolves when the client has caught up, or is gone. */
  drained(): Promise<void>
}

/** Writes the tokens of one answer, holding each DONE back until it knows whether more follows. */
export class ResponseSink implements ResultSink {
  readonly #context: ResponseContext
  #writers: readonly ValueWriter[] = []
  #pendingDone: { kind: DoneKind; options: DoneOptions; status: number } | undefined
  #hasUnfinishedStatement = true
  #failedSinceDone = false
  #isMuted = false
  /** An error of severity 20 or more was written: the connection has to end. */
  isFatal = false

  constructor(context: ResponseContext) {
    this.#context = context
  }

  columns(columns: readonly ResultColumn[], origins?: ColumnOrigins): void {
    if (this.#isMuted) return
    const { protocol, writer } = this.#context
    const wireColumns = columns.map((column) => wireColumn(column.type, protocol))
    this.#writers = wireColumns.map((column) => column.write)
    const types = wireColumns.map((column) => column.type)
    this.#write(() => {
      writeColumnMetadata(writer.bytes, columns, types, protocol)
      if (origins !== undefined) writeColumnOrigins(writer.bytes, columns, origins, protocol)
    })
  }

  row(values: readonly SqlValue[]): boolean {
    if (this.#isMuted) return true
    const { writer } = this.#context
    const start = writer.bytes.length
    try {
      writer.bytes.u8(TOKEN_TYPES.row)
      for (let index = 0; index < this.#writers.length; index++) {
        this.#writers[index]?.(writer.bytes, values[index] ?? null)
      }
    } catch (error) {
      writer.bytes.truncate(start) // half a row would make the rest unreadable
      throw error
    }
    return writer.flushFullPackets()
  }

  drained(): Promise<void> {
    return this.#context.drained()
  }

  info(message: SqlMessage): void {
    // SQL Server tells clients of severity 10 as 0 ("Database Engine Error Severities").
    const severity = message.severity === INFORMATION_SEVERITY ? 0 : message.severity
    const { number, state, message: text, line, procedure } = message
    this.#writeMessage('info', { number, severity, state, message: text, line, procedure })
  }

  error(error: SqlError): void {
    this.#writeMessage('error', error)
    this.#failedSinceDone = true
    if (error.severity >= FATAL_SEVERITY) this.isFatal = true
  }

  environment(change: EnvironmentChange): void {
    const { protocol, transaction, writer } = this.#context
    if (change.kind === 'begin-transaction') transaction.isOpen = true
    if (change.kind === 'commit-transaction' || change.kind === 'rollback-transaction') {
      transaction.isOpen = false
    }
    this.#write(() => writeEnvironmentChange(writer.bytes, change, protocol))
  }

  /** The session was reset before the request itself began. */
  resetAcknowledged({ keepTransaction }: { readonly keepTransaction: boolean }): void {
    const { transaction, writer } = this.#context
    if (!keepTransaction) transaction.isOpen = false
    this.#write(() => writeResetAcknowledged(writer.bytes))
  }

  done(options: DoneOptions = {}): void {
    this.#holdBack('done', options)
  }

  doneInProc(options: DoneOptions = {}): void {
    this.#holdBack('doneInProc', options)
  }

  doneProc(options: DoneOptions = {}): void {
    this.#holdBack('doneProc', options)
  }

  returnStatus(value: number): void {
    this.#write(() => writeReturnStatus(this.#context.writer.bytes, value))
  }

  returnValue(
    ordinal: number,
    name: string,
    type: SqlType,
    value: SqlValue,
    kind: ReturnValueKind = 'output',
  ): void {
    const { protocol, writer } = this.#context
    const parameter = { ordinal, name, type, value, kind }
    this.#write(() => writeReturnValue(writer.bytes, parameter, protocol))
  }

  /** Drops everything from here on: the client has cancelled the request, or is gone. */
  mute(): void {
    this.#isMuted = true
  }

  /** Writes the last DONE and ends the message. */
  finish(): void {
    const { protocol, writer } = this.#context
    if (this.#pendingDone !== undefined) {
      this.#writePendingDone({ more: false })
    } else if (this.#hasUnfinishedStatement) {
      const status = this.#failedSinceDone ? DONE_STATUS.error : 0
      writeDone(writer.bytes, 'done', { status }, protocol)
    }
    writer.end()
  }

  #writeMessage(kind: 'error' | 'info', message: SqlMessage): void {
    const { protocol, serverName, writer } = this.#context
    this.#write(() => writeMessage(writer.bytes, kind, message, { serverName, protocol }))
  }

  #write(token: () => void): void {
    if (this.#isMuted) return
    this.#writePendingDone({ more: true })
    this.#hasUnfinishedStatement = true
    const { writer } = this.#context
    const start = writer.bytes.length
    try {
      token()
    } catch (error) {
      writer.bytes.truncate(start)
      throw error
    }
    writer.flushFullPackets()
  }

  #holdBack(kind: DoneKind, options: DoneOptions): void {
    if (this.#isMuted) return
    this.#writePendingDone({ more: true })
    const error = options.error === true || this.#failedSinceDone
    const status = this.#context.transaction.isOpen ? DONE_STATUS.inTransaction : 0
    this.#pendingDone = { kind, options: { ...options, error }, status }
    this.#failedSinceDone = false
    this.#hasUnfinishedStatement = false
  }

  #writePendingDone({ more }: { more: boolean }): void {
    const pending = this.#pendingDone
    if (pending === undefined) return
    this.#pendingDone = undefined
    const { protocol, writer } = this.#context
    const status = pending.status | (more ? DONE_STATUS.more : 0)
    writeDone(writer.bytes, pending.kind, { ...pending.options, status }, protocol)
  }
}
