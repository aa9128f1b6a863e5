/** Where browsers report violations of the content security policy: the header names it, the API answers it. */
export const CSP_REPORTS_PATH = '/api/csp-reports';
