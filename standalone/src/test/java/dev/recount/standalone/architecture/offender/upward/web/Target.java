package dev.recount.standalone.architecture.offender.upward.web;

public record Target() {}
