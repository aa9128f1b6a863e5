import { portalApp } from './portal-app.ts';

portalApp().synth();
