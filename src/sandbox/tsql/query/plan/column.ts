import type { SqlType } from '../../../../mdf/index.ts'

/**
 * A column of some operator's output. Compared by identity: two uses of a table have two sets. A
 * query's own output columns may be renamed by what stands around it, and an outer join makes the
 * columns of its optional side nullable.
 */
export interface Column {
  /** Unique in a statement; for fingerprints. */
  readonly id: number
  name: string
  /** What stands before the name in messages: the table's alias or its name as written; '' for none. */
  qualifier: string
  readonly type: SqlType
  nullable: boolean
  readonly identity: boolean
  readonly computed: boolean
  /** Always NULL without a type of its own: UNION and VALUES give it the type of the others. */
  readonly isNullLiteral: boolean
  /** The value of a nested FOR JSON or FOR XML … TYPE: the outer one takes it in as it is. */
  readonly markup?: 'json' | 'xml'
  /** Database, schema and table of a base table's column. */
  readonly table?: readonly string[]
}

export type NewColumn = Pick<Column, 'name' | 'type'> &
  Partial<Omit<Column, 'id' | 'name' | 'type'>>

/** Makes the columns of one statement. */
export class ColumnFactory {
  #lastId = 0

  create(column: NewColumn): Column {
    this.#lastId += 1
    return {
      qualifier: '',
      nullable: true,
      identity: false,
      computed: false,
      isNullLiteral: false,
      ...column,
      id: this.#lastId,
    }
  }
}
