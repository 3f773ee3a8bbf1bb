import type { TableSource, TableWriter } from '../../host.ts'
import type { TablePin } from '../bind/change-target.ts'

/** Makes one row stand for a whole table, so that what was compiled over the table reads that row alone. */
export class RowPin implements TablePin {
  /** The row's place; a table whose row is gone is empty. */
  locator: bigint

  constructor(locator = 0n) {
    this.locator = locator
  }

  wrap(source: TableSource): TableSource {
    const { kind, database, schema, name, columns, writer, lockResource } = source
    if (writer === undefined) return source
    const find = () => writer.find(this.locator)
    return {
      kind,
      database,
      schema,
      name,
      columns,
      estimatedRowCount: 1,
      *scan(ordinals) {
        const values = find()
        if (values !== undefined) yield ordinals.map((ordinal) => values[ordinal] ?? null)
      },
      ...(lockResource === undefined ? {} : { lockResource }),
      writer: this.#pinned(writer),
    }
  }

  #pinned(writer: TableWriter): TableWriter {
    const pin = this
    return {
      ...writer,
      *scan(ordinals) {
        const { locator } = pin
        const values = writer.find(locator)
        if (values === undefined) return
        yield { locator, values: ordinals.map((ordinal) => values[ordinal] ?? null) }
      },
    }
  }
}
