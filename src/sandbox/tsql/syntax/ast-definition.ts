import type { ObjectName, TypeName } from './ast.ts'

/** CREATE, ALTER and DROP of the objects in a database. Expressions are kept as text, as catalogs do. */
export type DefinitionStatement =
  | CreateTableStatement
  | AlterTableStatement
  | CreateIndexStatement
  | AlterIndexStatement
  | DropIndexStatement
  | ModuleStatement
  | DropObjectStatement
  | CreateTypeStatement
  | CreateSchemaStatement
  | CreateSequenceStatement
  | CreateSynonymStatement

export interface CreateTableStatement {
  readonly kind: 'create-table'
  readonly name: ObjectName
  readonly elements: readonly TableElement[]
  readonly line: number
}

export type TableElement = ColumnDefinition | ConstraintDefinition | InlineIndex

export interface ColumnDefinition {
  readonly kind: 'column'
  readonly name: string
  /** Absent for a computed column. */
  readonly type?: TypeName
  readonly collation?: string
  /** As written; undefined takes the session's default. */
  readonly nullable?: boolean
  readonly identity?: { readonly seed: string; readonly increment: string }
  readonly isRowGuid: boolean
  readonly isSparse: boolean
  readonly computed?: { readonly text: string; readonly isPersisted: boolean }
  /** DEFAULT, CHECK, PRIMARY KEY, UNIQUE and REFERENCES written behind the column. */
  readonly constraints: readonly ConstraintDefinition[]
  readonly line: number
}

export interface ConstraintDefinition {
  readonly kind: 'constraint'
  /** Undefined: the engine makes a name. */
  readonly name?: string
  readonly constraint:
    | {
        readonly kind: 'default'
        readonly text: string
        /** DEFAULT … FOR column, in ALTER TABLE. */
        readonly column?: string
        /** WITH VALUES: rows that are there get it too. */
        readonly withValues: boolean
      }
    | { readonly kind: 'check'; readonly text: string }
    | {
        readonly kind: 'primary-key' | 'unique'
        /** Empty behind a column: that column. */
        readonly columns: readonly IndexColumn[]
        readonly clustered?: boolean
        readonly ignoreDuplicateKeys: boolean
      }
    | {
        readonly kind: 'foreign-key'
        readonly columns: readonly string[]
        readonly table: ObjectName
        readonly referencedColumns: readonly string[]
        readonly onDelete: ReferentialAction
        readonly onUpdate: ReferentialAction
      }
  readonly line: number
}

export type ReferentialAction = 'no-action' | 'cascade' | 'set-null' | 'set-default'

export interface IndexColumn {
  readonly name: string
  readonly descending: boolean
}

export interface InlineIndex {
  readonly kind: 'index'
  readonly name: string
  readonly columns: readonly IndexColumn[]
  readonly unique: boolean
  readonly clustered: boolean
  readonly include: readonly string[]
  readonly filterText?: string
  readonly ignoreDuplicateKeys: boolean
  readonly line: number
}

export interface AlterTableStatement {
  readonly kind: 'alter-table'
  readonly name: ObjectName
  readonly change:
    | {
        readonly kind: 'add'
        readonly elements: readonly TableElement[]
        readonly withCheck: boolean
      }
    | {
        readonly kind: 'drop'
        readonly items: readonly {
          readonly type: 'column' | 'constraint'
          readonly name: string
          readonly ifExists: boolean
        }[]
      }
    | { readonly kind: 'alter-column'; readonly column: ColumnDefinition }
    | {
        readonly kind: 'switch-constraints' | 'switch-triggers'
        /** Empty for ALL. */
        readonly names: readonly string[]
        readonly isEnabled: boolean
        readonly withCheck: boolean
      }
    | {
        readonly kind: 'column-property'
        readonly column: string
        readonly property: 'rowguidcol' | 'persisted'
        readonly isAdded: boolean
      }
    /** What changes no row: REBUILD, SET (…). */
    | { readonly kind: 'option'; readonly text: string }
  readonly line: number
}

export interface CreateIndexStatement {
  readonly kind: 'create-index'
  readonly table: ObjectName
  readonly index: InlineIndex
  readonly dropExisting: boolean
  readonly line: number
}

/** ALTER INDEX name | ALL ON table … */
export interface AlterIndexStatement {
  readonly kind: 'alter-index'
  /** Undefined for ALL. */
  readonly name?: string
  readonly table: ObjectName
  readonly action: 'rebuild' | 'reorganize' | 'disable' | 'set'
  /** Of REBUILD WITH (…) and SET (…), when it is said. */
  readonly ignoreDuplicateKeys?: boolean
  readonly line: number
}

export interface DropIndexStatement {
  readonly kind: 'drop-index'
  readonly ifExists: boolean
  readonly indexes: readonly { readonly name: string; readonly table: ObjectName }[]
  readonly line: number
}

/** A view, procedure, function or trigger: its text is what the catalog keeps. */
export interface ModuleStatement {
  readonly kind: 'module'
  readonly action: 'create' | 'alter' | 'create-or-alter'
  readonly type: 'view' | 'procedure' | 'function' | 'trigger'
  readonly name: ObjectName
  /** The whole batch, comments before CREATE included; CREATE stands there even for ALTER. */
  readonly text: string
  readonly line: number
}

export interface DropObjectStatement {
  readonly kind: 'drop'
  readonly type:
    | 'table'
    | 'view'
    | 'procedure'
    | 'function'
    | 'trigger'
    | 'type'
    | 'schema'
    | 'sequence'
    | 'synonym'
  readonly names: readonly ObjectName[]
  readonly ifExists: boolean
  readonly line: number
}

export interface CreateTypeStatement {
  readonly kind: 'create-type'
  readonly name: ObjectName
  readonly definition:
    | { readonly kind: 'alias'; readonly type: TypeName; readonly nullable: boolean }
    | { readonly kind: 'table'; readonly elements: readonly TableElement[] }
  readonly line: number
}

export interface CreateSchemaStatement {
  readonly kind: 'create-schema'
  readonly name: string
  readonly owner?: string
  readonly line: number
}

export interface CreateSequenceStatement {
  readonly kind: 'create-sequence' | 'alter-sequence'
  readonly name: ObjectName
  readonly type?: TypeName
  /** Whole numbers as written; '' for RESTART without a number, NO MINVALUE and NO MAXVALUE. */
  readonly start?: string
  readonly increment?: string
  readonly minimum?: string
  readonly maximum?: string
  readonly cycle?: boolean
  readonly line: number
}

export interface CreateSynonymStatement {
  readonly kind: 'create-synonym'
  readonly name: ObjectName
  readonly target: ObjectName
  readonly line: number
}
