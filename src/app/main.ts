import './tokens.css';
import './theme.css';
import './diagrams/diagrams.css';
import { mount } from 'svelte';
import App from './App.svelte';

mount(App, { target: document.getElementById('app')! });
