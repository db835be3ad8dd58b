import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { credentialFields } from '../nodes/shared/api/credentialFields';
import { describeFields } from '../nodes/shared/fields/field';

export class PonponPayApi implements ICredentialType {
	name = 'ponponPayApi';

	displayName = 'PonponPay API';

	icon: Icon = {
		light: 'file:../icons/ponponpay.svg',
		dark: 'file:../icons/ponponpay.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-ponponpay/n8n-nodes-ponponpay#get-an-api-key';

	properties: INodeProperties[] = describeFields(credentialFields);

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-API-Key': '={{$credentials.apiKey.trim()}}' } },
	};
}
