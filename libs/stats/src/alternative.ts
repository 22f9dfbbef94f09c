/** The side on which a test looks for a departure from its null hypothesis. */
export type Alternative = 'two-sided' | 'greater' | 'less';
