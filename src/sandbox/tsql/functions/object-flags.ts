import type { ObjectInfo } from '../host.ts'

const ofType =
  (...types: readonly string[]) =>
  ({ type }: ObjectInfo): number =>
    Number(types.includes(type))

const isShipped = ({ schema, type }: ObjectInfo): boolean =>
  schema === 'sys' || schema === 'INFORMATION_SCHEMA' || type === 'S' || type === 'IT'

/** OBJECTPROPERTY's properties by lower-case name, as far as the object's type answers them. */
export const OBJECT_FLAGS: Readonly<Record<string, (object: ObjectInfo) => number>> = {
  istable: ofType('U', 'S', 'IT', 'TT'),
  isusertable: ofType('U'),
  issystemtable: ofType('S'),
  isview: ofType('V'),
  isprocedure: ofType('P', 'PC'),
  isextendedproc: ofType('X'),
  istrigger: ofType('TR', 'TA'),
  isprimarykey: ofType('PK'),
  isforeignkey: ofType('F'),
  isuniquecnst: ofType('UQ'),
  ischeckcnst: ofType('C'),
  isdefaultcnst: ofType('D'),
  isconstraint: ofType('PK', 'F', 'UQ', 'C', 'D'),
  isdefault: ({ type, parentObjectId }) => Number(type === 'D' && parentObjectId === 0),
  isrule: ofType('R'),
  isscalarfunction: ofType('FN', 'FS'),
  isinlinefunction: ofType('IF'),
  istablefunction: ofType('TF', 'IF', 'FT'),
  isqueue: ofType('SQ'),
  ismsshipped: (object) => Number(isShipped(object)),
  isexecuted: ofType('P', 'PC', 'X', 'TR', 'V', 'FN', 'TF', 'IF'),
  ownerid: () => 1,
}
