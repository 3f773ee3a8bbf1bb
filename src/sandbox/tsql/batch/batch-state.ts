import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { BulkLoad, DoneOptions, ResultSink } from '../../tds/index.ts'
import type { ExecutionHost, TableSource } from '../host.ts'
import type { PreparedCondition, PreparedValue, Variable } from '../query/index.ts'
import { TimeSlice } from '../query/index.ts'
import type { Expression, TypeName } from '../syntax/index.ts'
import { hashKeyOf, sysnameType } from '../values/index.ts'
import { CursorScope } from './cursor-scope.ts'
import type { TriggerFrame } from './trigger-frame.ts'

/** A table that a variable names, or a table-valued parameter. */
export interface TableVariable {
  readonly table: TableSource
  /** Its table type; undefined where its columns were written out. */
  readonly type: TypeName | undefined
}

/** The error a CATCH block is about. */
export interface CaughtError {
  readonly error: SqlError
  readonly outer: CaughtError | undefined
}

/** What the statements of one batch share: a client's, or the text of an EXEC inside one. */
export class BatchState {
  readonly host: ExecutionHost
  /** Where answers go; INSERT … EXEC puts its own in between. */
  out: ResultSink
  readonly signal: AbortSignal
  readonly describeOnly: boolean
  /** 0 for a client's batch; EXEC adds one. */
  readonly nestLevel: number
  /** The procedure or trigger whose statements these are; undefined in a batch and in EXEC ('text'). */
  readonly procedure: { readonly name: string; readonly objectId: number } | undefined
  /** Statements end with DONEINPROC. */
  readonly isInProcedure: boolean
  /** An EXEC inside TRY: errors go to the caller. */
  readonly hasGuardedCaller: boolean
  /** The trigger whose own statements these are. */
  readonly trigger: TriggerFrame | undefined
  /** The triggers that are running, the innermost last. */
  readonly triggers: readonly TriggerFrame[]
  /** Rows that a client sends for the INSERT BULK before. */
  readonly load: BulkLoad | undefined
  readonly slice: TimeSlice
  /** Values and conditions without subqueries, kept for the next round of a loop. */
  readonly preparedValues = new WeakMap<Expression, PreparedValue>()
  readonly preparedConditions = new WeakMap<Expression, PreparedCondition>()
  readonly #variables = new Map<string, Variable>()
  readonly #tables = new Map<string, TableVariable>()
  readonly cursors = new CursorScope((name) => this.#key(name))
  #scopeIdentity: bigint | null = null
  tryDepth = 0
  /** What INSERT … EXEC executes, at whatever depth. */
  isInsertExec: boolean
  /** What GOTO looks for, until it is found. */
  wantedLabel: string | undefined
  caught: CaughtError | undefined
  /** What RETURN said, in a procedure. */
  returnStatus = 0
  failed = false
  /** An error ended the batch before its end. */
  isEnded = false
  /** A DONE was sent and nothing after it. */
  isDone = false

  constructor(options: {
    readonly host: ExecutionHost
    readonly out: ResultSink
    readonly signal: AbortSignal
    readonly describeOnly?: boolean
    readonly isInProcedure?: boolean
    readonly load?: BulkLoad
    readonly caller?: BatchState
    readonly procedure?: { readonly name: string; readonly objectId: number }
    readonly trigger?: TriggerFrame
  }) {
    const { caller } = options
    this.host = options.host
    this.out = options.out
    this.signal = options.signal
    this.describeOnly = options.describeOnly ?? caller?.describeOnly ?? false
    this.nestLevel = caller === undefined ? 0 : caller.nestLevel + 1
    this.procedure = options.procedure
    this.load = options.load
    this.isInProcedure = options.isInProcedure === true || caller !== undefined
    this.hasGuardedCaller = caller !== undefined && (caller.tryDepth > 0 || caller.hasGuardedCaller)
    this.trigger = options.trigger
    this.triggers = [...(caller?.triggers ?? []), ...(options.trigger ? [options.trigger] : [])]
    this.isInsertExec = caller?.isInsertExec ?? false
    this.slice = caller?.slice ?? new TimeSlice()
    this.caught = caller?.caught
  }

  /** Errors are caught by a TRY here or in a caller. */
  get isGuarded(): boolean {
    return this.tryDepth > 0 || this.hasGuardedCaller
  }

  /** Of whatever kind. */
  hasVariable(name: string): boolean {
    const key = this.#key(name)
    return this.#variables.has(key) || this.#tables.has(key)
  }

  get variables(): Iterable<Variable> {
    return this.#variables.values()
  }

  /** @throws SqlError 134 when the name is taken */
  declare(name: string, type: SqlType, value: SqlValue): Variable {
    const key = this.#key(name)
    if (this.#variables.has(key) || this.#tables.has(key)) throw alreadyDeclared(name)
    const variable = { name, type, value }
    this.#variables.set(key, variable)
    return variable
  }

  findVariable(name: string): Variable | undefined {
    return this.#variables.get(this.#key(name))
  }

  /** The variables with the values they have now. */
  copyVariables(): (name: string) => Variable | undefined {
    const copies = new Map(
      Array.from(this.#variables, ([key, variable]) => [key, { ...variable }] as const),
    )
    return (name) => copies.get(this.#key(name))
  }

  /** DECLARE @name TABLE, or of a table type. @throws SqlError 134 when the name is taken */
  declareTable(name: string, table: TableSource, type?: TypeName): void {
    if (this.#variables.has(this.#key(name)) || this.findTable(name) !== undefined) {
      throw alreadyDeclared(name)
    }
    this.#tables.set(this.#key(name), { table, type })
  }

  findTable(name: string): TableSource | undefined {
    return this.findTableVariable(name)?.table
  }

  findTableVariable(name: string): TableVariable | undefined {
    return this.#tables.get(this.#key(name))
  }

  /** `inserted` and `deleted` in the statements of a trigger. */
  findTransitionTable(name: string): TableSource | undefined {
    if (this.trigger === undefined) return undefined
    const key = this.#key(name)
    if (key === this.#key('inserted')) return this.trigger.inserted
    return key === this.#key('deleted') ? this.trigger.deleted : undefined
  }

  /** SCOPE_IDENTITY(): a client's batches share theirs, whatever is called has its own. */
  get scopeIdentity(): bigint | null {
    return this.nestLevel === 0 ? this.host.session.scopeIdentity : this.#scopeIdentity
  }

  noteIdentity(value: bigint): void {
    this.host.session.lastIdentity = value
    if (this.nestLevel === 0) this.host.session.scopeIdentity = value
    else this.#scopeIdentity = value
  }

  #key(name: string): string {
    return `${hashKeyOf(name, sysnameType(this.host.session.collationId))}`
  }

  option(name: string): boolean | number | string | undefined {
    return this.host.session.options.get(name)
  }

  /** Ends a statement: DONE, or DONEINPROC inside a procedure. NOCOUNT leaves the count out. */
  done(options: DoneOptions = {}): void {
    const { rowCount, ...rest } = options
    const shown = this.option('NOCOUNT') === true ? rest : { ...rest, rowCount }
    if (this.isInProcedure) this.out.doneInProc(shown)
    else this.out.done(shown)
    this.isDone = true
  }
}

function alreadyDeclared(name: string): SqlError {
  return new SqlError(
    134,
    `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`,
    { severity: 15 },
  )
}
