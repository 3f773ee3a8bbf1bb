import type { SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { BulkLoad } from '../backend.ts'
import { ByteReader } from '../byte-reader.ts'
import type { MessageStream } from '../message-stream.ts'
import type { Protocol } from '../protocol.ts'
import { ProtocolError, packetError, streamEndedError } from '../protocol-error.ts'
import { TDS_7_2, TOKEN_TYPES } from '../tokens/token-type.ts'
import { type ParameterType, readParameterType } from '../types/parameter-type.ts'
import { readParameterValue } from '../types/parameter-value.ts'

/** Rows handed over at a time. */
const ROWS_PER_BATCH = 1000
/** A row is kept whole in memory. */
const MAX_ROW_BYTES = 64 * 1024 * 1024
const STREAM_ENDED = 4002

interface BulkColumn extends ParameterType {
  readonly name: string
}

/**
 * BulkLoadBCP, [MS-TDS] 2.2.6.1: COLMETADATA, ROW or NBCROW for each row, DONE. Rows are read while the
 * client sends them.
 * @throws SqlError 4816; ProtocolError 4002
 */
export async function readBulkLoad(stream: MessageStream, protocol: Protocol): Promise<BulkLoad> {
  const tokens = new TokenReader(stream)
  const columns = (await tokens.read((input) => readMetadata(input, protocol))) ?? []
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: readRows(tokens, columns),
  }
}

async function* readRows(
  tokens: TokenReader,
  columns: readonly BulkColumn[],
): AsyncGenerator<readonly (readonly SqlValue[])[], void> {
  let rows: (readonly SqlValue[])[] = []
  for (;;) {
    const row = await tokens.read((input) => readRow(input, columns))
    if (row === undefined || row === 'done') break
    rows.push(row)
    if (rows.length < ROWS_PER_BATCH) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
  if (tokens.isIgnored) throw abandonedError()
}

/** 4022: the client gave the load up half way, so nothing of it counts. */
function abandonedError(): SqlError {
  return new SqlError(
    4022,
    'Bulk load data was expected but not sent. The batch will be terminated.',
  )
}

/** Reads whole tokens of a stream: one that is cut off is read again when more has come. */
class TokenReader {
  readonly #stream: MessageStream
  #bytes: Buffer = Buffer.alloc(0)

  constructor(stream: MessageStream) {
    this.#stream = stream
  }

  get isIgnored(): boolean {
    return this.#stream.isIgnored
  }

  /** @returns undefined at the end of the stream */
  async read<Token>(readToken: (input: ByteReader) => Token): Promise<Token | undefined> {
    for (;;) {
      const input = new ByteReader(this.#bytes)
      try {
        const token = this.#bytes.length === 0 ? undefined : readToken(input)
        if (token !== undefined) {
          this.#bytes = this.#bytes.subarray(input.offset)
          return token
        }
      } catch (error) {
        if (!(error instanceof ProtocolError) || error.number !== STREAM_ENDED) throw error
      }
      if (!(await this.#readMore())) {
        if (this.#bytes.length > 0 && !this.isIgnored) throw streamEndedError()
        return undefined
      }
    }
  }

  /** At least doubles what there is, so that a long value is not begun again with each packet. */
  async #readMore(): Promise<boolean> {
    const chunks = [this.#bytes]
    const wanted = this.#bytes.length
    let added = 0
    do {
      const chunk = await this.#stream.read()
      if (chunk === undefined) break
      chunks.push(chunk)
      added += chunk.length
    } while (added < wanted)
    if (wanted + added > MAX_ROW_BYTES) throw packetError('The row is too long.')
    this.#bytes = Buffer.concat(chunks)
    return added > 0
  }
}

function readMetadata(input: ByteReader, protocol: Protocol): BulkColumn[] {
  if (input.u8() !== TOKEN_TYPES.columnMetadata) throw packetError('A bulk load has no columns.')
  return Array.from({ length: input.u16() }, (_, index) => {
    if (protocol.level >= TDS_7_2) input.u32()
    else input.u16()
    input.u16() // flags: the table itself knows better
    const column = readColumnType(input, index + 1)
    if (isTextPointer(column)) input.usVarchar() // the table's name
    return { ...column, name: input.bVarchar() }
  })
}

function readColumnType(input: ByteReader, ordinal: number): ParameterType {
  try {
    return readParameterType(input, { ordinal, name: '' })
  } catch (error) {
    if (isEarlyEnd(error)) throw error
    throw new SqlError(4816, `Invalid column type from bcp client for colid ${ordinal}.`)
  }
}

function isEarlyEnd(error: unknown): boolean {
  return !(error instanceof ProtocolError) || error.number === STREAM_ENDED
}

function isTextPointer({ type: { name } }: ParameterType): boolean {
  return name === 'text' || name === 'ntext' || name === 'image'
}

function readRow(input: ByteReader, columns: readonly BulkColumn[]): SqlValue[] | 'done' {
  const token = input.u8()
  switch (token) {
    case TOKEN_TYPES.row:
      return columns.map((column, index) => readCell(input, column, index + 1))
    case TOKEN_TYPES.nullBitmapRow: {
      const bitmap = input.bytes(Math.ceil(columns.length / 8))
      return columns.map((column, index) => {
        const isNull = ((bitmap[index >> 3] ?? 0) & (1 << (index & 7))) !== 0
        return isNull ? null : readCell(input, column, index + 1)
      })
    }
    case TOKEN_TYPES.done:
      return 'done'
    default:
      throw packetError(`A token 0x${token.toString(16)} is not possible in a bulk load.`)
  }
}

/** text, ntext and image have a text pointer and a timestamp, made up, before their values. */
const TEXT_TIMESTAMP_BYTES = 8

function readCell(input: ByteReader, column: BulkColumn, ordinal: number): SqlValue {
  if (isTextPointer(column)) {
    const pointerLength = input.u8()
    if (pointerLength === 0) return null
    input.bytes(pointerLength + TEXT_TIMESTAMP_BYTES)
  }
  try {
    return readParameterValue(input, column, { ordinal, name: column.name })
  } catch (error) {
    if (isEarlyEnd(error)) throw error
    throw new SqlError(
      4815,
      `Received an invalid column length from the bcp client for colid ${ordinal}.`,
    )
  }
}
