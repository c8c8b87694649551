import { mount } from "svelte";
import Studio from "./Studio.svelte";
import { listen } from "./live.svelte";
import "../style.css";
import "./studio.css";

listen();
mount(Studio, { target: document.getElementById("studio")! });
