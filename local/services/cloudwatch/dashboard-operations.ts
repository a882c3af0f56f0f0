import { DashboardInvalidInputError, DashboardNotFoundError } from '@aws-sdk/client-cloudwatch';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../../gateway/define-service.ts';
import type { CallContext } from '../../gateway/service.ts';
import type { Collection } from '../../runtime/state/collection.ts';

/** A dashboard as it was put. */
export interface KeptDashboard {
  readonly body: string;
  readonly updatedAt: number;
}

/** Dashboards are global, so that their ARNs have no Region. */
const arnOf = ({ accountId }: CallContext, name: string): string => `arn:aws:cloudwatch::${accountId}:dashboard/${name}`;

const isObject = (text: string): boolean => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
};

const requireBody = (name: string, body: string): void => {
  const message = isObject(body) ? undefined : 'The dashboard body is invalid: it is not JSON.';
  const named = /^[\w-]{1,255}$/.test(name) ? message : `The dashboard name ${name} has characters other than A-Z, a-z, 0-9, - and _.`;
  if (named !== undefined) throw new DashboardInvalidInputError({ message: named, $metadata: {} });
};

const found = (dashboards: Collection<KeptDashboard>, name: string): KeptDashboard => {
  const dashboard = dashboards.get(name);
  if (dashboard === undefined) throw new DashboardNotFoundError({ message: `Dashboard ${name} does not exist`, $metadata: {} });
  return dashboard;
};

/** PutDashboard, GetDashboard and DeleteDashboards. Widgets are kept as they are and not checked. */
export const dashboardOperations = (dashboards: Collection<KeptDashboard>, now: () => number): Operations<typeof cloudwatch> => ({
  PutDashboard: {
    permissions: ({ DashboardName }, context) => [{ action: 'cloudwatch:PutDashboard', resources: [arnOf(context, DashboardName)] }],
    handle: ({ DashboardName, DashboardBody }) => {
      requireBody(DashboardName, DashboardBody);
      dashboards.put(DashboardName, { body: DashboardBody, updatedAt: now() });
      return { DashboardValidationMessages: [] };
    },
  },
  GetDashboard: {
    permissions: ({ DashboardName }, context) => [{ action: 'cloudwatch:GetDashboard', resources: [arnOf(context, DashboardName)] }],
    handle: ({ DashboardName }, context) => ({ DashboardName, DashboardArn: arnOf(context, DashboardName), DashboardBody: found(dashboards, DashboardName).body }),
  },
  DeleteDashboards: {
    permissions: ({ DashboardNames }, context) => [{ action: 'cloudwatch:DeleteDashboards', resources: DashboardNames.map((name) => arnOf(context, name)) }],
    handle: ({ DashboardNames }) => {
      for (const name of DashboardNames) found(dashboards, name);
      for (const name of DashboardNames) dashboards.delete(name);
      return {};
    },
  },
});
