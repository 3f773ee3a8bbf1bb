import type { ForeignKey, TextConstraint } from '../catalog/catalog-entries.ts'
import { inParentheses } from './column-definition.ts'
import { quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

/** ALTER TABLE … ADD CONSTRAINT … CHECK, and NOCHECK when it is disabled. */
export function* checkConstraint(
  context: ScriptContext,
  constraint: TextConstraint,
): Generator<string> {
  const expression = inParentheses(constraint.text)
  yield* addConstraint(
    context,
    constraint,
    `CHECK${replication(context, constraint)} ${expression}`,
  )
}

/** ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY, and NOCHECK when it is disabled. */
export function* foreignKey(context: ScriptContext, key: ForeignKey): Generator<string> {
  const columns = key.columns.map(({ parentColumnId }) => {
    return context.columnName(key.parentObjectId, parentColumnId)
  })
  const referenced = key.columns.map(({ referencedColumnId }) => {
    return context.columnName(key.referencedObjectId, referencedColumnId)
  })
  const definition = [
    `FOREIGN KEY (${columns.join(', ')}) REFERENCES ${context.objectName(key.referencedObjectId)} (${referenced.join(', ')})`,
    key.deleteAction === 'NO_ACTION' ? '' : ` ON DELETE ${key.deleteAction.replace('_', ' ')}`,
    key.updateAction === 'NO_ACTION' ? '' : ` ON UPDATE ${key.updateAction.replace('_', ' ')}`,
    replication(context, key),
  ]
  yield* addConstraint(context, key, definition.join(''))
}

/**
 * WITH NOCHECK keeps a constraint untrusted. A disabled one needs its name to be told by, even when
 * SQL Server made it up.
 */
function* addConstraint(
  context: ScriptContext,
  constraint: TextConstraint | ForeignKey,
  definition: string,
): Generator<string> {
  const { name, parentObjectId, isNotTrusted, isDisabled, isSystemNamed } = constraint
  const table = context.objectName(parentObjectId)
  const check = isNotTrusted || isDisabled ? 'NOCHECK' : 'CHECK'
  const isNamed = !isSystemNamed || isDisabled
  yield `ALTER TABLE ${table} WITH ${check} ADD ${isNamed ? `CONSTRAINT ${quoteName(name)} ` : ''}${definition}`
  if (isDisabled) yield `ALTER TABLE ${table} NOCHECK CONSTRAINT ${quoteName(name)}`
}

function replication({ catalog }: ScriptContext, { objectId }: { readonly objectId: number }) {
  return catalog.objectById(objectId)?.isNotForReplication === true ? ' NOT FOR REPLICATION' : ''
}
