import type { Expression, ObjectName, QueryExpression, Statement, TypeName } from './ast.ts'
import type { TableElement } from './ast-definition.ts'

/** The text of a procedure, function, trigger or view, read. Lines count from the start of the text. */
export interface ModuleDefinition {
  readonly kind: 'module-definition'
  readonly name: ObjectName
  readonly parameters: readonly ModuleParameter[]
  /** In upper case: SCHEMABINDING, ENCRYPTION, RECOMPILE, RETURNS NULL ON NULL INPUT, EXECUTE AS, … */
  readonly options: readonly string[]
  readonly body:
    | { readonly kind: 'procedure'; readonly statements: readonly Statement[] }
    | {
        readonly kind: 'scalar-function'
        readonly returns: TypeName
        readonly statements: readonly Statement[]
      }
    | { readonly kind: 'inline-function'; readonly query: QueryExpression }
    | {
        readonly kind: 'table-function'
        /** The variable the rows are gathered in, with its `@`. */
        readonly variable: string
        readonly elements: readonly TableElement[]
        readonly statements: readonly Statement[]
      }
    | {
        readonly kind: 'trigger'
        readonly table: ObjectName
        readonly isInsteadOf: boolean
        readonly events: readonly TriggerEvent[]
        readonly statements: readonly Statement[]
      }
    | {
        readonly kind: 'view'
        readonly columns: readonly string[]
        readonly query: QueryExpression
        readonly hasCheckOption: boolean
      }
  readonly line: number
}

export type TriggerEvent = 'insert' | 'update' | 'delete'

export interface ModuleParameter {
  /** With its `@`. */
  readonly name: string
  readonly type: TypeName
  /** `= value`: a constant. */
  readonly initial?: Expression
  readonly isOutput: boolean
  /** A table-valued parameter. */
  readonly isReadOnly: boolean
  /** CURSOR VARYING. */
  readonly isCursor: boolean
  readonly line: number
}
