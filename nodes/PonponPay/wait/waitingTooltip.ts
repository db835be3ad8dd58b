/**
 * What the panel shows while the node waits. Of the execution it knows one address: the payment link that the node has handed
 * over, or else n8n's own, which ends with the number of the execution.
 */
export const WAITING_TOOLTIP =
	"={{ $execution.resumeUrl.endsWith('/' + $execution.id)" +
	" ? 'Waiting for the payment.'" +
	" : 'Waiting for the payment. Payment link for the customer: ' + $execution.resumeUrl }}" +
	' To send the link before the wait, use two nodes: Create, then Wait for Payment.';
