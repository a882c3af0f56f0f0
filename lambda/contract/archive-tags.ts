/** The tag of archive files that were converted: the stage's lifecycle ends those alone. */
export const convertedTag = { key: 'visionstream:converted', value: 'true' } as const;
