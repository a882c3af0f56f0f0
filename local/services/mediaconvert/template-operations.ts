import type * as sdk from '@aws-sdk/client-mediaconvert';
import type { Operations } from '../../gateway/define-service.ts';
import { findUnsupported } from '../../media/declared-properties.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { arnOf, nameOf } from './arns.ts';
import type { ControlPlane } from './control-plane.ts';
import { badRequest, conflict, notFound } from './faults.ts';
import type { TemplateRecord } from './records.ts';
import { jobProperties } from './settings/job-properties.ts';

/** Operations on job templates. What no job could do is refused here already. */
export const templateOperations = ({ records, clock }: ControlPlane): Operations<typeof sdk> => {
  const existing = (name: string): TemplateRecord => {
    const template = records.templates.get(nameOf(name));
    if (template === undefined) throw notFound('job template', name);
    return template;
  };
  const permission = (action: string) => (input: { readonly Name: string }, owner: ResourceOwner) => [{ action: `mediaconvert:${action}`, resources: [arnOf(owner, 'jobTemplates', nameOf(input.Name))] }];

  return {
    CreateJobTemplate: {
      permissions: permission('CreateJobTemplate'),
      handle: ({ Name, Description, Category, Queue, Settings, Tags, AccelerationSettings }, owner) => {
        if (AccelerationSettings !== undefined && AccelerationSettings.Mode !== 'DISABLED') throw badRequest(`/accelerationSettings/mode: local mode cannot honour ${AccelerationSettings.Mode}: allowed DISABLED`);
        const problems = findUnsupported(jobProperties, Settings).map(({ elementPath, message }) => `/settings${elementPath}: ${message}`);
        if (problems.length > 0) throw badRequest(problems.join('; '));
        if (records.templates.get(Name) !== undefined) throw conflict(`job template ${Name} exists already`);
        const template: TemplateRecord = {
          name: Name, settings: Settings, createdAt: clock.now(), tags: Tags ?? {},
          ...(Description === undefined ? {} : { description: Description }), ...(Category === undefined ? {} : { category: Category }), ...(Queue === undefined ? {} : { queueArn: Queue }),
        };
        records.templates.put(Name, template);
        return { JobTemplate: describeTemplate(template, owner) };
      },
    },
    GetJobTemplate: { permissions: permission('GetJobTemplate'), handle: ({ Name }, owner) => ({ JobTemplate: describeTemplate(existing(Name), owner) }) },
    ListJobTemplates: {
      permissions: (_, owner) => [{ action: 'mediaconvert:ListJobTemplates', resources: [arnOf(owner, 'jobTemplates')] }],
      handle: (_, owner) => ({ JobTemplates: [...records.templates.values()].map((template) => describeTemplate(template, owner)) }),
    },
    DeleteJobTemplate: {
      permissions: permission('DeleteJobTemplate'),
      handle: ({ Name }) => {
        records.templates.delete(existing(Name).name);
        return {};
      },
    },
  };
};

const describeTemplate = (template: TemplateRecord, owner: ResourceOwner) => ({
  Arn: arnOf(owner, 'jobTemplates', template.name),
  Name: template.name,
  Settings: template.settings,
  CreatedAt: new Date(template.createdAt),
  LastUpdated: new Date(template.createdAt),
  Type: 'CUSTOM' as const,
  AccelerationSettings: { Mode: 'DISABLED' as const },
  ...(template.description === undefined ? {} : { Description: template.description }),
  ...(template.category === undefined ? {} : { Category: template.category }),
  ...(template.queueArn === undefined ? {} : { Queue: template.queueArn }),
});
