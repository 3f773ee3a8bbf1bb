/** What a client is told: the parts of SQL Server's ERROR and INFO messages. */
export interface SqlMessage {
  /** SQL Server's message number (sys.messages.message_id). */
  readonly number: number
  /** 0-10 information, 11-16 the user can correct it, 17-19 resources, 20-25 ends the connection. */
  readonly severity: number
  readonly state: number
  readonly message: string
  /** 1-based line in the batch or procedure. */
  readonly line: number
  /** The procedure it came from; '' in a batch. */
  readonly procedure: string
}

/** An error as SQL Server reports it. Thrown inside the engine, written to the client by `tds/`. */
export class SqlError extends Error implements SqlMessage {
  static {
    SqlError.prototype.name = 'SqlError'
  }

  readonly number: number
  readonly severity: number
  readonly state: number
  line: number
  procedure: string
  /** Errors the client is told before this one, which only sums them up (1750, 4922). */
  readonly preceding: readonly SqlError[]
  /** A message behind it: 3621, that the statement has been terminated. */
  following: SqlMessage | undefined

  constructor(
    number: number,
    message: string,
    options: {
      severity?: number
      state?: number
      line?: number
      procedure?: string
      cause?: unknown
      preceding?: readonly SqlError[]
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.number = number
    this.severity = options.severity ?? 16
    this.state = options.state ?? 1
    this.line = options.line ?? 1
    this.procedure = options.procedure ?? ''
    this.preceding = options.preceding ?? []
  }
}
