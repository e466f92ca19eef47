package dev.recount.standalone.architecture.offender.unmarked;

final class Unmarked {}
