import { createAccountBodySchema, updateAccountBodySchema } from '../../contract/api/accounts.ts';
import { pageQuerySchema } from '../../contract/api/fields.ts';
import type { AccountStore } from '../../domain/accounts/account-store.ts';
import { createAccount } from '../../domain/accounts/create-account.ts';
import { getAccount, listAccounts } from '../../domain/accounts/read-accounts.ts';
import { updateAccount } from '../../domain/accounts/update-account.ts';
import type { NewId } from '../../domain/shared/identifiers.ts';
import type { Now } from '../../domain/shared/time.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseBody, parseQuery } from '../../platform/http/parse.ts';
import { expectedRevision, param } from '../../platform/http/request.ts';
import { etag, json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';
import { accountBody } from './views.ts';

/** What the operations on accounts need. */
export interface AccountOperationDeps {
  readonly accounts: AccountStore;
  readonly newId: NewId;
  readonly now: Now;
}

/** The operations on accounts. */
export const accountOperations = (deps: AccountOperationDeps) =>
  ({
    createAccount: async ({ body }) => {
      const account = await createAccount(deps)(parseBody(createAccountBodySchema, body));
      return json(201, accountBody(account), etag(account.revision));
    },
    listAccounts: async ({ caller, query }) =>
      json(200, pageBody(await listAccounts(deps)(caller, pageRequest(parseQuery(pageQuerySchema, query))), accountBody)),
    getAccount: async (request) => {
      const account = await getAccount(deps)(request.caller, param(request, 'accountId'));
      return json(200, accountBody(account), etag(account.revision));
    },
    updateAccount: async (request) => {
      const changes = parseBody(updateAccountBodySchema, request.body);
      const command = { caller: request.caller, accountId: param(request, 'accountId'), changes, ...expectedRevision(request) };
      const account = await updateAccount(deps)(command);
      return json(200, accountBody(account), etag(account.revision));
    },
  }) satisfies Record<string, OperationHandler>;
