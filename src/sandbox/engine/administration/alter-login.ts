import { SqlError } from '../../sql-error.ts'
import type { AdministrationStatement } from '../../tsql/index.ts'
import { matchesPassword } from '../instance/logins.ts'
import { notSupported } from '../messages.ts'
import { passwordPolicyViolation } from '../process/password-policy.ts'
import type { AdministrationContext } from './administer.ts'

type AlterLogin = Extract<AdministrationStatement, { kind: 'alter-login' }>

/** ALTER LOGIN sa: its password, ENABLE and DISABLE. */
export async function alterLogin(
  { name, password, oldPassword, enable, newName }: AlterLogin,
  { instance }: AdministrationContext,
): Promise<void> {
  const { saLogin } = instance
  if (name.toLowerCase() !== saLogin.name) {
    throw new SqlError(
      15_151,
      `Cannot alter the login '${name}', because it does not exist or you do not have permission.`,
    )
  }
  if (newName !== undefined) throw notSupported('ALTER LOGIN … WITH NAME')
  if (oldPassword !== undefined && saLogin.password !== undefined) {
    if (!matchesPassword(oldPassword, saLogin.password)) {
      throw new SqlError(
        15_151,
        `Cannot alter the login '${name}', because the old password is wrong.`,
      )
    }
  }
  const violation = password === undefined ? undefined : passwordPolicyViolation(password)
  if (violation !== undefined) {
    throw new SqlError(15_118, `Password validation failed. ${violation}`)
  }
  await instance.changeLogin({
    ...(password === undefined ? {} : { password }),
    ...(enable === undefined ? {} : { disabled: !enable }),
  })
}
