package dev.recount.standalone.architecture.offender.open.command.issue;

interface OpenCommand {}
