import { SqlError } from '../../sql-error.ts'
import type { AlterTableStatement } from '../../tsql/index.ts'
import { addElements } from './add-elements.ts'
import { alterColumn, setColumnProperty } from './alter-column.ts'
import type { DefinitionContext } from './definition-context.ts'
import { writtenName } from './definition-context.ts'
import { dropItems } from './drop-items.ts'
import { switchConstraints, switchTriggers } from './switch-parts.ts'
import { findTableAt } from './table-under-construction.ts'

/** @throws SqlError 4902 (no such table), 4901, 4922, 4924, 547, 2705, … */
export function alterTable(statement: AlterTableStatement, context: DefinitionContext): void {
  const { change } = statement
  const types = change.kind === 'switch-triggers' ? ['U', 'V'] : ['U']
  const table = findTableAt(statement.name, context, types)
  if (table === undefined) {
    throw new SqlError(
      4902,
      `Cannot find the object "${writtenName(statement.name)}" because it does not exist or you do not have permissions.`,
    )
  }
  switch (change.kind) {
    case 'add':
      addElements(table, change, context)
      break
    case 'drop':
      dropItems(table, change.items, context)
      break
    case 'alter-column':
      alterColumn(table, change.column, context)
      break
    case 'column-property':
      setColumnProperty(table, change, context)
      break
    case 'switch-constraints':
      switchConstraints(table, change, context)
      break
    case 'switch-triggers':
      switchTriggers(table, change, context)
      break
    case 'option':
      break
  }
}
